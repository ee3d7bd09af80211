import { titleOf, type Flow, type RunState } from '@millrace/flow'
import { nodeIn } from '../document/node-in.ts'
import { registry } from '../registry.ts'

/** What has to be said of a run that was of a part of a flow; `undefined` for one of all of it. */
export function partRemark(state: RunState, flow: Flow | undefined): string | undefined {
  const { again, until, stoppedBehind, status } = state
  const remarks = [
    ...(again === undefined ? [] : [`Ran from ${named(again.from, flow)} on.`]),
    ...(stoppedBehind === undefined ? [] : [`Stopped behind ${named(stoppedBehind, flow)}.`]),
    ...(until !== undefined && stoppedBehind === undefined && status === 'completed'
      ? [`Ended without coming to ${named(until, flow)}.`]
      : []),
  ]
  return remarks.length === 0 ? undefined : remarks.join(' ')
}

function named(nodeId: string, flow: Flow | undefined): string {
  const node = nodeIn(flow, nodeId)
  return `“${node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))}”`
}
