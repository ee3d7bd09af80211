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

/** Which readers an event is for: `full` sees all, `client` what the caller of a run may see. */
export type RunView = 'full' | 'client'

/**
 * The event as the client view shows it: the start without its input and how it came about, yields and the end; `undefined`
 * for what a client does not see, so its numbers ascend with gaps.
 */
export function clientView(event: RunEvent): RunEvent | undefined {
  switch (event.type) {
    case 'run-start': {
      const { seq, at, type, runId, flowId, document, trace } = event
      return { seq, at, type, runId, flowId, document, trace }
    }
    case 'run-yield':
    case 'run-end':
      return event
    default:
      return undefined
  }
}
