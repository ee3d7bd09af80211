import type { StoredRun } from '../api/run-history-api.ts'

/**
 * The runs of a session that somebody asked for, in their order. One that another of them called is
 * no turn of its own: it was handed the session, and its words are those of its caller.
 */
export function conversationOf(runs: readonly StoredRun[]): readonly StoredRun[] {
  const ids = new Set(runs.map(({ id }) => id))
  return runs
    .filter(({ parentRunId }) => parentRunId === undefined || !ids.has(parentRunId))
    .toReversed()
}
