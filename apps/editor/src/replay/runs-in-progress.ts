import type { RunFacts } from '../api/run-api.ts'
import { watchRuns } from '../run/watch-runs.ts'

export interface InProgressOptions {
  readonly flowId: string
  readonly openSocket: () => WebSocket
  /** Hears which runs of the flow go on, the latest first, whenever that changes. */
  readonly onChange: (runs: readonly RunFacts[]) => void
}

/** Tells which runs of a flow go on, whoever started them, until what is given back is called. */
export function followRunsInProgress({
  flowId,
  openSocket,
  onChange,
}: InProgressOptions): () => void {
  const goingOn = new Map<string, RunFacts>()
  return watchRuns({
    flowId,
    openSocket,
    onRuns(runs) {
      for (const run of runs) {
        if (run.state === 'running') goingOn.set(run.id, run)
        else goingOn.delete(run.id)
      }
      onChange(
        [...goingOn.values()].toSorted(
          (left, right) => right.startedAt.getTime() - left.startedAt.getTime(),
        ),
      )
    },
    onLost() {
      goingOn.clear()
      onChange([])
    },
  })
}
