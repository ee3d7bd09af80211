import { applyEvents, initialRunState, type RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { streamedEvents } from './fake-socket.ts'
import {
  appendEvents,
  emptyLog,
  eventsUpTo,
  keyframeEvery,
  logAfter,
  maxKeptEvents,
  stateAt,
} from './seekable-log.ts'

const events = streamedEvents(
  Array.from({ length: 2.5 * keyframeEvery }, (_, index) => `${index} `),
)

function whole(upTo: number) {
  return applyEvents(initialRunState, events.slice(0, upTo))
}

describe('a seekable log', () => {
  it('knows the state at every moment, however the events came', () => {
    const log = [1, 1999, 2000, 999].reduce(
      (so, count) => appendEvents(so, events.slice(so.events.length, so.events.length + count)),
      emptyLog,
    )
    for (const seq of [0, 1, 2, 1999, 2000, 2001, 3999, 4000, 4001, 4998, 4999]) {
      expect(stateAt(log, seq)).toEqual(whole(seq))
    }
    expect(log.latest).toEqual(whole(4999))
    expect(log.keyframes.map(({ seq }) => seq)).toEqual([2000, 4000])
  })

  it('goes on from a state that is nearer than the kept ones, and never from a later one', () => {
    const log = appendEvents(emptyLog, events)
    const near = stateAt(log, 2500)
    expect(stateAt(log, 2500, near)).toBe(near)
    expect(stateAt(log, 2600, near)).toEqual(whole(2600))
    expect(stateAt(log, 2400, near)).toEqual(whole(2400))
  })

  it('answers the events up to a moment', () => {
    const log = appendEvents(emptyLog, events.slice(0, 10))
    expect(eventsUpTo(log, 3).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(eventsUpTo(log, 99)).toBe(log.events)
  })

  it('begins at what a snapshot knew', () => {
    const log = appendEvents(logAfter(whole(40)), events.slice(40, 50))
    expect(stateAt(log, 10)).toEqual(whole(40))
    expect(stateAt(log, 45)).toEqual(whole(45))
  })

  it('lets the oldest events go where there are too many, and stays true for the rest', () => {
    const many = streamedEvents(Array.from({ length: maxKeptEvents }, () => 'a'))
    const log = appendEvents(emptyLog, many)
    expect(log.events.length).toBeLessThanOrEqual(maxKeptEvents)
    expect(log.base.seq).toBe(keyframeEvery)
    expect(log.events[0]?.seq).toBe(keyframeEvery + 1)
    const seq = keyframeEvery + 7
    expect(stateAt(log, seq).nodes.get('model')?.deltas).toBe(seq - 2)
    expect(log.latest.seq).toBe(many.length satisfies RunEvent['seq'])
  })
})
