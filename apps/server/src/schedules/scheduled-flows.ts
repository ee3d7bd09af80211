import { readSchedule, whyNotSchedule, type Schedule } from '@millrace/flow'
import type { FlowsToRun, FlowToRun } from '../environments/flows-to-run.ts'
import type { RunTarget } from '../environments/plan-for.ts'
import { readStored } from '../flows/read-document.ts'

/** A flow that the clock starts. */
export interface ScheduledFlow {
  readonly flow: FlowToRun
  readonly schedule: Schedule
}

/** All flows that the clock starts, by what is to run of them. */
export async function listScheduled(
  flowsToRun: Pick<FlowsToRun, 'listWith'>,
  target: RunTarget,
): Promise<readonly ScheduledFlow[]> {
  const flows = await flowsToRun.listWith(type, target)
  return flows.flatMap((flow) => {
    const schedule = scheduleOf(flow)
    return schedule === undefined ? [] : [{ flow, schedule }]
  })
}

const type = 'schedule.trigger'

/** When the clock starts a flow; `undefined` when it does not, or its schedule cannot be kept. */
export function scheduleOf({ text }: Pick<FlowToRun, 'text'>): Schedule | undefined {
  const read = readStored(text)
  if (read.status !== 'flow') return undefined
  const trigger = read.flow.nodes.find((node) => node.type === type && node.disabled !== true)
  const value = trigger?.properties?.['schedule']
  const schedule = value === undefined ? undefined : readSchedule(value)
  return schedule !== undefined && whyNotSchedule(schedule) === undefined ? schedule : undefined
}
