import { statusByCode, type ErrorCode } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { explainError, type RunError, type RunErrorCode } from './explain-error.ts'

const codes: readonly RunErrorCode[] = [
  ...(Object.keys(statusByCode) as ErrorCode[]), // the keys of a constant
  'offline',
]

function error(code: RunErrorCode, more: Partial<RunError> = {}): RunError {
  return { code, message: 'It is so.', retryable: false, nodeId: 'chat', ...more }
}

describe('the explanation of an error', () => {
  it.each(codes)('of %s has a title of its own, in words', (code) => {
    const { title } = explainError(error(code))
    expect(title).toMatch(/^[A-Z][^_.]+$/)
    expect(codes.filter((other) => explainError(error(other)).title === title)).toEqual([code])
  })

  it.each<[RunErrorCode, string]>([
    ['provider_unreachable', 'The server cannot be reached'],
    ['upstream_disconnected', 'The server broke off its answer'],
    ['upstream_protocol', 'The server’s answer cannot be read'],
    ['timeout', 'It took too long'],
  ])('of %s speaks of no model where an API was asked', (code, title) => {
    const details = { host: 'api.example.com' }
    expect(explainError(error(code, { property: 'url', details })).title).toBe(title)
  })

  it.each<[RunErrorCode, Partial<RunError>, unknown]>([
    [
      'provider_model_unknown',
      { property: 'modelId' },
      { kind: 'node', nodeId: 'chat', property: 'modelId' },
    ],
    ['provider_unauthorized', { property: 'connection' }, { kind: 'connection', nodeId: 'chat' }],
    ['connection_locked', {}, { kind: 'connection', nodeId: 'chat' }],
    [
      'upstream_protocol',
      { property: 'embeddingModel' },
      { kind: 'node', nodeId: 'chat', property: 'embeddingModel' },
    ],
    [
      'connection_missing',
      { property: 'connection' },
      { kind: 'node', nodeId: 'chat', property: 'connection' },
    ],
    // No such database: its name is in the connection.
    ['database_failed', { property: 'connection' }, { kind: 'connection', nodeId: 'chat' }],
    [
      'database_failed',
      { property: 'tableName' },
      { kind: 'node', nodeId: 'chat', property: 'tableName' },
    ],
    ['database_unavailable', { property: 'connection' }, { kind: 'connection', nodeId: 'chat' }],
    [
      'database_unavailable',
      { property: 'connection', retryable: true },
      { kind: 'retry', afterSeconds: 0 },
    ],
    ['flow_invalid', {}, { kind: 'problems' }],
    ['upstream_truncated', { retryable: true }, { kind: 'retry', afterSeconds: 0 }],
    [
      'provider_limited',
      { retryable: true, details: { retryAfter: 11.2 } },
      { kind: 'retry', afterSeconds: 12 },
    ],
    // A quota that is used up is a limit too, but waiting does not mend it.
    ['provider_limited', {}, { kind: 'node', nodeId: 'chat', property: undefined }],
    ['not_found', {}, { kind: 'none' }],
  ])('of %s with %j leads on to %j', (code, more, action) => {
    expect(explainError(error(code, more)).action).toEqual(action)
  })

  it.each([
    [{ reason: 'no_table' }, 'A table is not there'],
    [{ reason: 'no_column' }, 'A column is not there'],
    [{ reason: 'wrong_dimensions', dimensions: 512, given: 3 }, 'The vectors do not fit the table'],
    [{ reason: 'from_the_future' }, 'The database refused it'],
    [{ reason: 'constructor' }, 'The database refused it'],
    [{ sqlState: '42601' }, 'The database refused it'],
    [undefined, 'The database refused it'],
  ])('of what a database refused for %j is "%s"', (details, title) => {
    const shape = error('database_failed', details === undefined ? {} : { details })
    expect(explainError(shape).title).toBe(title)
  })

  it('of a property of a node does not speak of the input of the flow', () => {
    const shape = error('input_invalid', { property: 'url' })
    expect(explainError(shape).title).toBe('A property does not fit')
  })

  it('leads to no node where none is named', () => {
    const { nodeId: _, ...shape } = error('provider_unauthorized')
    expect(explainError(shape).action).toEqual({ kind: 'none' })
  })

  it('has words for a code that only a newer server knows', () => {
    const shape = error('from_the_future' as ErrorCode)
    expect(explainError(shape)).toMatchObject({ title: 'The run failed', action: { kind: 'node' } })
  })
})
