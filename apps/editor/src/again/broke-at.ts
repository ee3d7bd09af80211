import { programOf, type Flow, type NodeState, type Registry, type RunState } from '@millrace/flow'
import { nodeIn } from '../document/node-in.ts'

/**
 * The action of a flow at which a run that did not complete came to its end: the one that failed, else
 * the last that was going on, else the last that is known of, else the first of all. `undefined` for a
 * run that completed or goes on, and where the flow has no such action any more.
 */
export function brokeAt(
  { status, error, nodes }: RunState,
  flow: Flow,
  registry: Registry,
): string | undefined {
  const isAction = (nodeId: string) =>
    registry.nodes.get(nodeIn(flow, nodeId)?.type ?? '')?.kind === 'action'
  if (status === 'completed' || status === 'running' || status === 'pending') return undefined
  const known = [...nodes.values()].filter(({ nodeId }) => isAction(nodeId))
  const failed = known.find(({ nodeId }) => nodeId === error?.nodeId)
  const broken = known.filter((node) => node.status === 'cancelled' || node.status === 'failed')
  return (
    failed?.nodeId ??
    latest(broken)?.nodeId ??
    latest(known)?.nodeId ??
    programOf(flow, registry).entry?.steps.find(({ node }) => isAction(node.id))?.node.id
  )
}

function latest(nodes: readonly NodeState[]): NodeState | undefined {
  return nodes.toSorted((left, right) => right.lastVisit - left.lastVisit)[0]
}
