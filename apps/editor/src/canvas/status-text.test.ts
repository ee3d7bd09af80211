import { expect, it } from 'vitest'
import { cutAt } from './stream-cut.ts'
import { statusText } from './status-text.ts'
import { nodeState } from './testing/fixtures.ts'

it('says how long a node took', () => {
  expect(statusText(nodeState('n'))).toBe('182 ms')
  expect(statusText(nodeState('n', { endedAt: 1_000 }))).toBe('<1 ms')
  expect(statusText(nodeState('n', { endedAt: 4_050 }))).toBe('3.0 s')
  expect(statusText(nodeState('n', { endedAt: 66_000 }))).toBe('1 min 5 s')
})

it('counts the messages of a node that streams, and the visits of one in a loop', () => {
  expect(statusText(nodeState('n', { status: 'running', deltas: 79 }))).toBe('79 msg')
  expect(statusText(nodeState('n', { status: 'running' }))).toBe('Running')
  expect(statusText(nodeState('n', { visits: 127 }))).toBe('×127')
})

it('names an end that is no success', () => {
  expect(statusText(nodeState('n', { status: 'failed', visits: 3 }))).toBe('Failed')
  expect(statusText(nodeState('n', { status: 'caught' }))).toBe('Caught')
  expect(statusText(nodeState('n', { status: 'cancelled' }))).toBe('Cancelled')
})

it('keeps the end of a long text, and moves its beginning seldom', () => {
  expect([0, 999, 1999, 2000, 2999, 3000].map(cutAt)).toEqual([0, 0, 0, 1000, 1000, 2000])
})
