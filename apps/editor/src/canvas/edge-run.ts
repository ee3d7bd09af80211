import type { NodeState } from '@millrace/flow'

/** How an exec edge stands in the run: taken, or carrying it at this moment. */
export type EdgeRun = 'idle' | 'taken' | 'active'

/** An exec edge as far as the run concerns it. */
export interface RunEdge {
  readonly source: string
  readonly target: string
  readonly isBlock: boolean
  /** The first nodes of the target's own sub-blocks. */
  readonly inner: readonly string[]
}

/**
 * Since an exec-in takes one edge, an edge was taken when its target started. The innermost edge is
 * the active one: that of a running node until its own sub-blocks run, and that into a sub-block for
 * as long as its owner runs it.
 */
export function edgeRunOf(nodes: ReadonlyMap<string, NodeState>, edge: RunEdge): EdgeRun {
  const target = nodes.get(edge.target)
  if (target === undefined) return 'idle'
  const isCarrying =
    target.status === 'running' || (edge.isBlock && nodes.get(edge.source)?.status === 'running')
  if (!isCarrying) return 'taken'
  return edge.inner.some((nodeId) => nodes.has(nodeId)) && target.status === 'running'
    ? 'taken'
    : 'active'
}
