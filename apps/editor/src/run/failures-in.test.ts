import type { RunEvent } from '@millrace/flow'
import { expect, it } from 'vitest'
import { failuresIn } from './failures-in.ts'

it('tells what was caught from what ended the run, and from a stop', () => {
  const error = { code: 'internal', message: 'No.', retryable: false } as const
  const stop = { code: 'cancelled', message: 'Stopped.', retryable: false } as const
  const events: readonly RunEvent[] = [
    { seq: 1, at: 1, type: 'node-start', visit: 1, nodeId: 'try' },
    { seq: 2, at: 2, type: 'node-start', visit: 2, nodeId: 'inner', parent: 1, port: 'try' },
    { seq: 3, at: 3, type: 'node-error', visit: 2, error },
    { seq: 4, at: 4, type: 'node-end', visit: 1 },
    { seq: 5, at: 5, type: 'node-start', visit: 3, nodeId: 'slow' },
    { seq: 6, at: 6, type: 'node-error', visit: 3, error: stop },
    { seq: 7, at: 7, type: 'node-start', visit: 4, nodeId: 'outer' },
    { seq: 8, at: 8, type: 'node-error', visit: 4, error },
    { seq: 9, at: 9, type: 'run-end', outcome: 'failed', usage: null, error },
  ]
  expect([...failuresIn(events)]).toEqual([
    [3, 'caught'],
    [6, 'cancelled'],
    [8, 'failed'],
    [9, 'failed'],
  ])
})
