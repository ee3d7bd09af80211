import { describe, expect, it, vi } from 'vitest'
import { errorOfShape, FlowError, statusByCode, toFlowError } from './error.ts'

describe('an error', () => {
  it('travels with all that it says, and without its cause', () => {
    const error = new FlowError('provider_failed', 'No.', {
      retryable: true,
      nodeId: 'chat',
      property: 'modelId',
      details: { limit: 'x', max: 1 },
      cause: new Error('the key is sk-secret'),
    })
    expect(error.toShape()).toEqual({
      code: 'provider_failed',
      message: 'No.',
      retryable: true,
      nodeId: 'chat',
      property: 'modelId',
      details: { limit: 'x', max: 1 },
    })
    expect(JSON.stringify(error.toShape())).not.toContain('sk-secret')
    expect(error.status).toBe(502)
  })

  it('has no more than it was given', () => {
    expect(new FlowError('timeout', 'Late.').toShape()).toEqual({
      code: 'timeout',
      message: 'Late.',
      retryable: false,
    })
  })

  it('keeps the first node that is named', () => {
    const error = new FlowError('timeout', 'Late.', {
      property: 'p',
      details: { max: 1 },
      cause: 1,
    })
    const placed = error.at('inner').at('outer')
    expect(placed.toShape()).toMatchObject({ nodeId: 'inner', property: 'p', details: { max: 1 } })
    expect(placed.cause).toBe(1)
    expect(error.nodeId).toBeUndefined()
  })
})

it('can be said in other words, and stays what it is', () => {
  const cause = new Error('deep down')
  const error = new FlowError('database_failed', 'No.', {
    property: 'table',
    details: { a: 1, b: 1 },
    cause,
  })
  const said = error.saying('No, sir.', { b: 2 })
  expect(said.toShape()).toEqual({
    ...error.toShape(),
    message: 'No, sir.',
    details: { a: 1, b: 2 },
  })
  expect(said.cause).toBe(cause)
  expect(error.saying('Well.').toShape()).toEqual({ ...error.toShape(), message: 'Well.' })
})

describe('the property that is to blame', () => {
  it('is named once, and not for an error that another node was named for', () => {
    const error = new FlowError('timeout', 'Late.')
    expect(error.in('inner').in('outer').at('node').toShape()).toMatchObject({
      nodeId: 'node',
      property: 'inner',
    })
    expect(error.at('resource').in('outer').property).toBeUndefined()
  })
})

describe('anything thrown', () => {
  it('stays what it is when it is one of ours', () => {
    const error = new FlowError('timeout', 'Late.')
    expect(toFlowError(error)).toBe(error)
  })

  it.each([new Error('secret'), 'secret', undefined, null, { secret: 'secret' }])(
    'becomes an internal error that tells nothing of it: %s',
    (thrown) => {
      const error = toFlowError(thrown)
      expect(error.code).toBe('internal')
      expect(error.message).not.toContain('secret')
      expect(error.cause).toBe(thrown)
    },
  )
})

it('has a status for every code, each an answer that is no success', () => {
  for (const status of Object.values(statusByCode)) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
  }
})

it('reads back what it sent, and takes a code that nobody knows for internal', () => {
  const sent = new FlowError('timeout', 'It took too long.', { retryable: true, nodeId: 'chat' })
  expect(errorOfShape(sent.toShape())).toEqual(sent)
  expect(errorOfShape({ code: 'of_tomorrow', message: 'Wait.' }).toShape()).toEqual({
    code: 'internal',
    message: 'Wait.',
    retryable: false,
  })
  expect(errorOfShape(undefined).code).toBe('internal')
})

it('keeps what finds the request that it answered in the log of the server', () => {
  const details = { limit: 'bodyBytes', max: 10 }
  const body = { code: 'limit_exceeded', message: 'Too long.', requestId: 'req-1', details }
  expect(errorOfShape(body).details).toEqual({ ...details, requestId: 'req-1' })
  expect(errorOfShape({ ...body, requestId: 1 }).details).toEqual(details)
})

it('knows its like from another copy of the module', async () => {
  vi.resetModules()
  const other = await import('./error.ts')
  const theirs = new other.FlowError('not_found', 'No.')
  expect(other.FlowError).not.toBe(FlowError)
  expect(theirs).toBeInstanceOf(FlowError)
  expect(new Error('No.')).not.toBeInstanceOf(FlowError)
  expect(toFlowError(theirs)).toBe(theirs)
})
