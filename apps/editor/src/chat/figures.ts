import type { RunTiming, TimeSpans, Usage } from '@millrace/flow'
import { durationText } from '../ui/duration-text.ts'

/** The figures of a turn in one quiet line. */
export function summaryOfFigures(timing: RunTiming | undefined, usage: Usage | null): string {
  return [
    ...(timing?.first === undefined ? [] : [`First ${durationText(timing.first.totalMs)}`]),
    ...(timing === undefined ? [] : [durationText(timing.whole.totalMs)]),
    ...(usage === null ? [] : [`${usage.totalTokens} tokens`]),
  ].join(' · ')
}

/** One row of the breakdown: where time went, up to the first value and over the whole run. */
export interface FigureRow {
  readonly part: 'model' | 'other' | 'pause' | 'engine'
  readonly label: string
  readonly firstMs: number | undefined
  readonly wholeMs: number
}

/** The rows of the breakdown; what took no time has none. Whatever runs, the engine is a part of it. */
export function figureRows({
  first,
  whole,
}: Pick<RunTiming, 'first' | 'whole'>): readonly FigureRow[] {
  return parts.flatMap(({ part, label, key }) =>
    whole[key] === 0 && part !== 'engine'
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
