import { expect, it } from 'vitest'
import { readApiError } from './api-error.ts'

it('keeps the code, message, details and request id of a typed answer', () => {
  const error = readApiError(409, {
    error: {
      code: 'conflict',
      message: 'Someone saved "Chat" since you opened it.',
      requestId: 'r1',
      details: { currentRevision: '7' },
    },
  })
  expect(error).toMatchObject({
    code: 'conflict',
    message: 'Someone saved "Chat" since you opened it.',
    requestId: 'r1',
    details: { currentRevision: '7' },
  })
})

it('takes a bare 502 as a server that is gone', () => {
  expect(readApiError(502, undefined).code).toBe('offline')
})

it('says so when something else answers', () => {
  expect(readApiError(404, '<html>').code).toBe('unreadable')
})

it('takes an error code it does not know as an internal error', () => {
  expect(readApiError(500, { error: { code: 'new', message: 'Oh.' } })).toMatchObject({
    code: 'internal',
    message: 'Oh.',
  })
})
