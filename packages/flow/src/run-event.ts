import type { z } from 'zod'
import type { runEventSchema } from './event.ts'

/** One fact about a run: the only thing that leaves the engine. Its law stands in `event.ts`. */
export type RunEvent = z.infer<typeof runEventSchema>

export type RunEventType = RunEvent['type']

/** The event of one type. */
export type RunEventOf<T extends RunEventType> = Extract<RunEvent, { type: T }>

/** How much of a run is recorded. */
export type TraceLevel = RunEventOf<'run-start'>['trace']

/** How a run ended. */
export type RunOutcome = RunEventOf<'run-end'>['outcome']

/** Tokens that models reported. */
export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly totalTokens: number
}

/** The sum of two usages. */
export function addUsage(left: Usage | null, right: Usage | null): Usage | null {
  if (left === null || right === null) return left ?? right
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    totalTokens: left.totalTokens + right.totalTokens,
  }
}
