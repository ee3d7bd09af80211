import { applyEvents, initialRunState, type RunEvent, type RunState } from '@millrace/flow'

/** The log of a run as far as it is kept here, with states along the way so that any moment is near. */
export interface SeekableLog {
  /** What is known before the first of `events`: nothing, or what a snapshot told. */
  readonly base: RunState
  readonly events: readonly RunEvent[]
  /** The states after each `keyframeEvery` events. */
  readonly keyframes: readonly RunState[]
  /** The state after the last event. */
  readonly latest: RunState
}

/** A moment is so many events away from a kept state, at most. */
export const keyframeEvery = 2_000
/** At most so many events are kept; a run's limit of steps lets few runs have more. */
export const maxKeptEvents = 100_000

export const emptyLog: SeekableLog = logAfter(initialRunState)

/** A log of which what came before is only known as a state. */
export function logAfter(base: RunState): SeekableLog {
  return { base, events: [], keyframes: [], latest: base }
}

/** The log with more events at its end; the oldest go where there are too many. */
export function appendEvents(log: SeekableLog, added: readonly RunEvent[]): SeekableLog {
  const events = [...log.events, ...added]
  const keyframes = [...log.keyframes]
  let { latest } = log
  let from = log.events.length
  while (from < events.length) {
    const to = Math.min(events.length, from - (from % keyframeEvery) + keyframeEvery)
    latest = applyEvents(latest, events.slice(from, to))
    if (to % keyframeEvery === 0) keyframes.push(latest)
    from = to
  }
  return withoutOldest({ base: log.base, events, keyframes, latest })
}

/** The state after the event with this number; `near` is a state that may be closer than the kept ones. */
export function stateAt(log: SeekableLog, seq: number, near?: RunState): RunState {
  const count = countUpTo(log.events, seq)
  if (count === log.events.length) return log.latest
  const keyframe = log.keyframes[Math.floor(count / keyframeEvery) - 1] ?? log.base
  const isNearer = near !== undefined && near.seq <= seq && near.seq > keyframe.seq
  const start = isNearer ? near : keyframe
  const missing = log.events.slice(countUpTo(log.events, start.seq), count)
  return missing.length === 0 ? start : applyEvents(start, missing)
}

/** The kept events up to the one with this number, and with it. */
export function eventsUpTo(log: SeekableLog, seq: number): readonly RunEvent[] {
  const count = countUpTo(log.events, seq)
  return count === log.events.length ? log.events : log.events.slice(0, count)
}

/** How many of the events come no later than the one with this number. */
export function countUpTo(events: readonly RunEvent[], seq: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.seq ?? 0) <= seq) low = middle + 1
    else high = middle
  }
  return low
}

function withoutOldest(log: SeekableLog): SeekableLog {
  const keyframesGone = Math.ceil((log.events.length - maxKeptEvents) / keyframeEvery)
  const base = log.keyframes[keyframesGone - 1]
  if (base === undefined) return log
  return {
    ...log,
    base,
    events: log.events.slice(keyframesGone * keyframeEvery),
    keyframes: log.keyframes.slice(keyframesGone),
  }
}
