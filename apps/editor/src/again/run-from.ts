import { attempt } from '../flows/flow-actions.ts'
import { runCommands } from '../run/run-store.ts'
import { selectIsRunning, type WatchedRun } from '../run/watched-run.ts'
import { sessionCommands } from '../session/session-store.ts'

/** Why no run can go on from a node of a run, whichever node that is. */
export function selectWhyNotRunFrom(run: WatchedRun): string | undefined {
  if (run.runId === undefined || selectIsRunning(run)) {
    return 'Run the flow once first: what comes before is taken from that run.'
  }
  return run.document === undefined
    ? 'What that run ran is no longer kept. Run the flow from its start.'
    : undefined
}

/**
 * Runs on from a node with the input of the run that is shown, and what that recorded before the node.
 * Where nodes before it would run again as well, it asks beforehand.
 */
export function runFromHere(nodeId: string): void {
  run({ nodeId })
}

/** Runs one node and no further, as `runFromHere` runs it. */
export function runOnly(nodeId: string): void {
  run({ nodeId, until: nodeId })
}

function run({ nodeId, until }: { readonly nodeId: string; readonly until?: string }): void {
  void attempt(async () => {
    const { prepareRunFrom, startRunFrom } = await import('./prepare-run-from.ts')
    const prepared = prepareRunFrom(runCommands.current(), { nodeId, which: 'now' })
    if (prepared === undefined) return
    if (prepared.rerun.length > 0 || prepared.from !== nodeId) {
      sessionCommands.open({ kind: 'runFrom', nodeId, ...(until === undefined ? {} : { until }) })
    } else startRunFrom(prepared, until)
  })
}
