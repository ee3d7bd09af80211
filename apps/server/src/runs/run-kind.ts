import type { SettledSettings } from '@millrace/flow'

/**
 * How a run was started: `/run` waits for its result, `/stream` and the designer read what it yields,
 * `/submit` leaves it to itself. What a run calls is of its kind.
 */
export type RunKind = 'short' | 'streaming' | 'background'

/** How many runs the server takes at one time, and how much of one; an operator may choose. */
export interface LimitsOfRuns {
  /** How many runs go on at one time, of all kinds and of those that nobody waits for. */
  readonly runs: number
  readonly backgroundRuns: number
  /** How long a run of the kind may take at most; a stream takes what its flow's settings say. */
  readonly shortRunSeconds: number
  readonly backgroundRunSeconds: number
  /** How many nodes a run may start and values it may yield, together. */
  readonly steps: number
  /** How much it may yield, in characters of JSON. */
  readonly yielded: number
}

/** What of one run is limited by its kind. */
type KindLimits = Pick<LimitsOfRuns, 'shortRunSeconds' | 'backgroundRunSeconds'>

/** How long a run of this kind may take, in seconds. */
export function secondsOf(
  kind: RunKind,
  { timeoutSeconds }: Pick<SettledSettings, 'timeoutSeconds'>,
  { shortRunSeconds, backgroundRunSeconds }: KindLimits,
): number {
  switch (kind) {
    case 'short':
      return Math.min(timeoutSeconds, shortRunSeconds)
    case 'streaming':
      return timeoutSeconds
    case 'background':
      return backgroundRunSeconds
  }
}
