import type { RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { countAt, marksOf, timeLineOf } from './time-line.ts'

function logAt(...times: readonly number[]): readonly RunEvent[] {
  return times.map((at, index) => ({
    seq: index + 1,
    at,
    type: 'node-delta',
    visit: 1,
    delta: '',
  }))
}

describe('the time line of a log', () => {
  it('has every event at its time, and long waits shortened', () => {
    expect(timeLineOf(logAt(5_000, 5_200, 35_200, 35_300))).toEqual({
      real: [0, 200, 30_200, 30_300],
      squeezed: [0, 200, 1_200, 1_300],
      waits: [{ from: 200, to: 1_200, realMs: 30_000 }],
      lengthMs: 1_300,
    })
  })

  it('only goes forward, also where a clock was set back', () => {
    expect(timeLineOf(logAt(1_000, 900, 1_010)).real).toEqual([0, 0, 10])
  })

  it('is empty for a log that is', () => {
    expect(timeLineOf([])).toEqual({ real: [], squeezed: [], waits: [], lengthMs: 0 })
  })

  it('tells how many events have come at a moment', () => {
    const times = [0, 10, 10, 30]
    expect([-1, 0, 10, 29, 30, 99].map((moment) => countAt(times, moment))).toEqual([
      0, 1, 3, 3, 4, 4,
    ])
  })
})

describe('the marks of a time line', () => {
  const error = { code: 'internal', message: 'No.', retryable: false } as const
  const log: readonly RunEvent[] = [
    { seq: 1, at: 0, type: 'node-start', visit: 1, nodeId: 'a' },
    { seq: 2, at: 1, type: 'node-start', visit: 2, nodeId: 'b' },
    { seq: 3, at: 500, type: 'run-yield', visit: 2, value: 'x' },
    { seq: 4, at: 900, type: 'node-error', visit: 2, error },
    { seq: 5, at: 1_000, type: 'run-end', outcome: 'completed' },
  ]

  it('are one of a kind in a place, with what matters more over the rest', () => {
    expect(marksOf(log, timeLineOf(log), 10)).toEqual([
      { at: 0, kind: 'start' },
      { at: 500, kind: 'yield' },
      { at: 900, kind: 'failed' },
    ])
  })

  it('are at the start where everything came at once', () => {
    const atOnce = log.map((event) => ({ ...event, at: 7 }))
    expect(marksOf(atOnce, timeLineOf(atOnce)).map(({ at }) => at)).toEqual([0, 0, 0])
  })
})
