import type { RunCall } from './run-call.ts'
import type { RunState } from './run-state.ts'

/** Where a stretch of a run's time went, in milliseconds; the parts add up to `totalMs`. */
export interface TimeSpans {
  readonly totalMs: number
  /** At least one model was being waited for, or streamed its answer. */
  readonly modelMs: number
  /** No model, but another call to the outside was open. */
  readonly otherMs: number
  /** No call was open, because one that had failed was to be tried again later. */
  readonly pauseMs: number
  /** No call was open: the time that Millrace itself took. */
  readonly engineMs: number
}

/** How long a run took and what it waited for. */
export interface RunTiming {
  readonly whole: TimeSpans
  /** Up to the first value; `undefined` when there was none. */
  readonly first: TimeSpans | undefined
  /** Output tokens for each second in which a model streamed; `undefined` where it was not reported. */
  readonly tokensPerSecond: number | undefined
}

/**
 * Splits the time of an ended run between the engine and what it waited for. Calls that overlap
 * count once. While a model streams the engine works beside it; that time is the model's.
 */
export function timingOf(state: RunState): RunTiming | undefined {
  const { startedAt, endedAt, firstYieldAt, heardAt = Infinity, calls } = state
  if (startedAt === undefined || endedAt === undefined) return undefined
  // Between the text of a model and the value that it became, it is the engine that is waited for.
  const untilHeard = calls.map((call) =>
    call.kind === 'model' && call.startedAt < heardAt
      ? { ...call, endedAt: Math.min(call.endedAt, heardAt) }
      : call,
  )
  return {
    whole: timeSpansOf(calls, [startedAt, endedAt]),
    first:
      firstYieldAt === undefined ? undefined : timeSpansOf(untilHeard, [startedAt, firstYieldAt]),
    tokensPerSecond: speedOf(calls),
  }
}

type Span = readonly [from: number, to: number]

/** Splits a stretch of time, in epoch milliseconds, between the calls that were open in it and the engine. */
export function timeSpansOf(calls: readonly RunCall[], [from, to]: Span): TimeSpans {
  const within = (spans: readonly Span[]) =>
    spans.map(([start, end]): Span => [Math.max(start, from), Math.min(end, to)])
  const models = within(calls.filter(({ kind }) => kind === 'model').map(spanOf))
  const outside = within(calls.map(spanOf))
  const waits = [...outside, ...within(pausesOf(calls))]
  const modelMs = lengthOf(models)
  const outsideMs = lengthOf(outside)
  const waitMs = lengthOf(waits)
  return {
    totalMs: to - from,
    modelMs,
    otherMs: outsideMs - modelMs,
    pauseMs: waitMs - outsideMs,
    engineMs: to - from - waitMs,
  }
}

function spanOf({ startedAt, endedAt }: RunCall): Span {
  return [startedAt, endedAt]
}

/** From the end of each failed attempt to the beginning of the next one. */
function pausesOf(calls: readonly RunCall[]): readonly Span[] {
  return calls.flatMap((call, index) => {
    if (call.attempt === 1) return []
    const before = calls
      .slice(0, index)
      .findLast(({ visit, attempt }) => visit === call.visit && attempt === call.attempt - 1)
    return before === undefined ? [] : [[before.endedAt, call.startedAt] as const]
  })
}

/** The length of what is covered by at least one span. */
function lengthOf(spans: readonly Span[]): number {
  let length = 0
  let coveredTo = -Infinity
  for (const [from, to] of spans.toSorted(([left], [right]) => left - right)) {
    length += Math.max(0, to - Math.max(from, coveredTo))
    coveredTo = Math.max(coveredTo, to)
  }
  return length
}

function speedOf(calls: readonly RunCall[]): number | undefined {
  const streamed = calls.filter(
    ({ kind, usage, firstByteMs }) =>
      kind === 'model' && usage !== null && firstByteMs !== undefined,
  )
  const tokens = streamed.reduce((sum, { usage }) => sum + (usage?.outputTokens ?? 0), 0)
  const ms = lengthOf(
    streamed.map(({ startedAt, firstByteMs = 0, endedAt }) => [startedAt + firstByteMs, endedAt]),
  )
  return tokens === 0 || ms === 0 ? undefined : (tokens * 1000) / ms
}
