import type { RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { eventWords, stepFrom } from './event-steps.ts'

const common = { at: 0 }
const log: readonly RunEvent[] = [
  { ...common, seq: 1, type: 'run-start', runId: 'r', flowId: 'f', document: 'd', trace: 'full' },
  { ...common, seq: 2, type: 'node-start', visit: 1, nodeId: 'a' },
  { ...common, seq: 3, type: 'node-delta', visit: 1, delta: 'x' },
  { ...common, seq: 4, type: 'run-yield', visit: 1, value: 'x' },
  { ...common, seq: 5, type: 'node-end', visit: 1 },
  { ...common, seq: 6, type: 'run-end', outcome: 'completed' },
]

describe('a step through a log', () => {
  it('stops at what nodes do, and passes over the pieces of a text', () => {
    expect([1, 2, 3, 4].map((count) => stepFrom(log, count, 1))).toEqual([2, 5, 5, 5])
    expect([6, 5, 4, 2].map((count) => stepFrom(log, count, -1))).toEqual([5, 2, 2, 1])
  })

  it('leads to the end, and never before the first event', () => {
    expect(stepFrom(log, 5, 1)).toBeUndefined()
    expect(stepFrom(log, 1, -1)).toBe(1)
    expect(stepFrom([], 0, -1)).toBe(0)
  })

  it('is told in words', () => {
    expect(log.map((event) => eventWords(event, () => '“A”'))).toEqual([
      'The run starts',
      '“A” starts',
      '“A” streams',
      '“A” yields a value',
      '“A” ends',
      'The run is completed',
    ])
  })
})

it.each([
  ['failed', 'The run failed'],
  ['cancelled', 'The run was stopped'],
  ['interrupted', 'The run was interrupted'],
] as const)('says of a run that is %s how it ended', (outcome, words) => {
  expect(eventWords({ seq: 1, at: 0, type: 'run-end', outcome }, () => '')).toBe(words)
})
