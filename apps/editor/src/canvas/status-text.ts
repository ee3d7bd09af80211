import type { NodeState } from '@millrace/flow'

/** What the pill says: how often it ran, or how much it streamed so far, or how long it took. */
export function statusText(run: NodeState): string {
  if (run.status === 'failed') return 'Failed'
  if (run.status === 'caught') return 'Caught'
  if (run.status === 'skipped') return 'Skipped'
  if (run.status === 'pinned') return 'Not run'
  if (run.status === 'cancelled') return 'Cancelled'
  if (run.visits > 1) return `×${run.visits}`
  if (run.status === 'running') return run.deltas > 0 ? `${run.deltas} msg` : 'Running'
  return durationText((run.endedAt ?? run.startedAt) - run.startedAt)
}

function durationText(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms'
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`
}
