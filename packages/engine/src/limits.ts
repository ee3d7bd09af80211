import { FlowError } from '@millrace/flow'

/** What a run may use up. A breach ends the run with a typed error. */
export interface RunLimits {
  /** Yields and node starts together; trace events never count, so watching cannot end a run. */
  readonly steps: number
  /** The JSON of all yielded values, in characters. */
  readonly yielded: number
  /** How long it may take; the flow's own setting when not given. */
  readonly seconds?: number
}

export const defaultLimits = { steps: 50_000, yielded: 64 * 1024 * 1024 } satisfies RunLimits

/** The error of a limit that was reached. */
export function limitError(limit: keyof typeof defaultLimits, max: number): FlowError {
  const what = {
    steps: `more than ${max} node starts and yields`,
    yielded: `more than ${max} characters yielded to the client`,
  }[limit]
  return new FlowError(
    'limit_exceeded',
    `The run was ended: ${what}. Look for a loop that does not end, or raise the limit.`,
    { details: { limit, max } },
  )
}
