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

/** What a run may take where its caller sets nothing. */
export const defaultLimits = { steps: 50_000, yielded: 64 * 1024 * 1024 } satisfies RunLimits

/** How many steps the *finally* blocks of a cancelled run may take. */
const stepsOfFinally = 1000

/** Counts what one run uses up, exactly. Each count answers the error of a limit that it breaches. */
export class RunUsage {
  #limits: RunLimits
  #steps = 0
  #yielded = 0

  constructor(limits: RunLimits) {
    this.#limits = limits
  }

  countStep(): FlowError | undefined {
    if (this.#steps >= this.#limits.steps) return limitError('steps', this.#limits.steps)
    this.#steps += 1
    return undefined
  }

  countYielded(characters: number): FlowError | undefined {
    this.#yielded += characters
    if (this.#yielded <= this.#limits.yielded) return undefined
    return limitError('yielded', this.#limits.yielded)
  }

  /** Counts steps anew, for the *finally* blocks of a run that was cancelled. */
  startFinally(): void {
    this.#steps = 0
    this.#limits = { ...this.#limits, steps: stepsOfFinally }
  }
}

function limitError(limit: keyof typeof defaultLimits, max: number): FlowError {
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
