import type { ErrorShape } from '@millrace/client'
import { expect, it } from 'vitest'
import { troubleOf } from './trouble.ts'

const error = (code: ErrorShape['code'], details: object = {}): ErrorShape => ({
  code,
  message: 'Node "Secret name" failed at https://internal.test.',
  retryable: false,
  details: { ...details },
})

it.each([
  [error('not_found'), 'There is no chat here', false],
  [error('flow_not_published'), 'This chat is not open yet', false],
  [error('forbidden', { reason: 'origin' }), 'This page may not show the chat', false],
  [error('unauthorized', { reason: 'signature' }), 'This chat knows its visitors', false],
  [error('provider_failed'), 'The assistant does not answer', true],
  [error('internal'), 'Something went wrong', false],
  [{ ...error('internal'), retryable: true }, 'The assistant does not answer', true],
  [error('timeout'), 'The answer took too long', true],
  [error('cancelled'), 'The answer was stopped', true],
  [error('provider_unreachable'), 'The chat cannot be reached', true],
  [{ ...error('provider_unreachable'), nodeId: 'chat' }, 'The assistant does not answer', true],
  [error('draining'), 'The chat is being restarted', true],
  [error('database_unavailable'), 'The assistant does not answer', true],
  [error('rate_limited', { limit: 'session' }), 'This conversation is full', false],
  [
    error('rate_limited', { limit: 'visitorsPerMinute', retryAfter: 3 }),
    'Too many people came at once',
    true,
  ],
  [error('rate_limited', { limit: 'day', retryAfter: 60 }), 'That was a lot for one day', true],
])('says what happened in words for visitors: %#', (shape, title, mayRetry) => {
  expect(troubleOf(shape)).toMatchObject({ title, mayRetry })
})

it('tells nothing of what stands in the error itself', () => {
  for (const code of ['internal', 'function_failed', 'connection_missing'] as const) {
    expect(JSON.stringify(troubleOf(error(code)))).not.toMatch(/Secret|internal\.test/)
  }
})

it('says how long to wait', () => {
  const limited = error('rate_limited', { limit: 'minute', retryAfter: 42 })
  expect(troubleOf(limited).waitSeconds).toBe(42)
})

it('says what a flow threw in the words of its designer', () => {
  const thrown = { ...error('flow_failed'), message: 'We are closed on Sundays.' }
  expect(troubleOf(thrown)).toMatchObject({ text: 'We are closed on Sundays.', mayRetry: false })
  expect(troubleOf({ ...thrown, message: '' }).title).toBe('Something went wrong')
})

it('is to be reported where it is nothing that the visitor did', () => {
  const codes = ['internal', 'timeout', 'rate_limited', 'input_invalid', 'flow_failed'] as const
  const reported = codes.filter((code) => troubleOf(error(code)).isToReport)
  expect(reported).toEqual(['internal', 'timeout'])
})

it('knows a conversation that takes no more messages from one that takes them later', () => {
  expect(troubleOf(error('rate_limited', { limit: 'session' })).isFull).toBe(true)
  expect(troubleOf(error('rate_limited', { limit: 'day' })).isFull).toBe(false)
})
