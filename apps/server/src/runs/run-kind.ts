import type { SettledSettings } from '@millrace/flow'

/**
 * How a run was started: `/run` waits for its result, `/stream` and the designer read what it yields,
 * `/submit` leaves it to itself. What a run calls is of its kind.
 */
export type RunKind = 'short' | 'streaming' | 'background'

/** How long a run may take at most, in seconds; a stream takes what its flow's settings say. */
const maxSeconds = { short: 300, background: 8 * 60 * 60 }

/** How many runs go on at one time, of all kinds and of those that nobody waits for. */
export const maxRuns = { all: 5000, background: 1000 }

/** How long a run of this kind may take, in seconds. */
export function secondsOf(
  kind: RunKind,
  { timeoutSeconds }: Pick<SettledSettings, 'timeoutSeconds'>,
): number {
  switch (kind) {
    case 'short':
      return Math.min(timeoutSeconds, maxSeconds.short)
    case 'streaming':
      return timeoutSeconds
    case 'background':
      return maxSeconds.background
  }
}
