import type { Cost, RunTiming, TimeSpans, Usage } from '@millrace/flow'
import { costText } from '../prices/cost-text.ts'

/** A stretch of time as it is shown; what is shorter than a millisecond is said to be so. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms'
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`
}

/** The figures of a turn in one quiet line. */
export function summaryOfFigures(
  timing: RunTiming | undefined,
  usage: Usage | null,
  cost: Cost | undefined,
): string {
  return [
    ...(timing?.first === undefined ? [] : [`First ${durationText(timing.first.totalMs)}`]),
    ...(timing === undefined ? [] : [durationText(timing.whole.totalMs)]),
    ...(usage === null ? [] : [`${usage.totalTokens} tokens`]),
    ...(cost === undefined || cost.amount === 0 ? [] : [costText(cost)]),
  ].join(' · ')
}

/** One row of the breakdown: where time went, up to the first value and over the whole run. */
export interface FigureRow {
  readonly part: 'model' | 'other' | 'pause' | 'engine'
  readonly label: string
  readonly firstMs: number | undefined
  readonly wholeMs: number
}

/** The rows of the breakdown; what took no time in this run, and is not model or engine, has none. */
export function figureRows({ first, whole }: RunTiming): readonly FigureRow[] {
  return parts.flatMap(({ part, label, key }) =>
    whole[key] === 0 && part !== 'model' && part !== 'engine'
      ? []
      : [{ part, label, firstMs: first?.[key], wholeMs: whole[key] }],
  )
}

const parts = [
  { part: 'model', label: 'Model', key: 'modelMs' },
  { part: 'other', label: 'Other calls', key: 'otherMs' },
  { part: 'pause', label: 'Retry pause', key: 'pauseMs' },
  { part: 'engine', label: 'Engine', key: 'engineMs' },
] as const satisfies readonly { part: string; label: string; key: keyof TimeSpans }[]
