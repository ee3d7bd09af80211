import { nextRuns } from '@millrace/nodes'
import type { FlowsToRun } from '../environments/flows-to-run.ts'
import type { RunTarget } from '../environments/plan-for.ts'
import { listScheduled } from './scheduled-flows.ts'

interface Options {
  readonly flowsToRun: Pick<FlowsToRun, 'listWith'>
  /** Which flows the clock starts: as this caller runs them. */
  readonly target: RunTarget
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** When the clock starts which flow next, by its id, in epoch milliseconds; none of the others. */
export async function nextStarts({
  flowsToRun,
  target,
  now,
}: Options): Promise<ReadonlyMap<string, number>> {
  const scheduled = await listScheduled(flowsToRun, target)
  const next = { after: now(), count: 1 }
  return new Map(
    scheduled.flatMap(({ flow, schedule }) =>
      nextRuns(schedule, next).map((time) => [flow.id, time] as const),
    ),
  )
}
