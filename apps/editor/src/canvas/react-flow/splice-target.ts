import { continuePortOf, type Edge } from '@millrace/flow'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { edgeUnder } from './edge-under.ts'

/** The edge that a node which stands alone is over, and into which it goes when it is dropped. */
export function spliceTargetOf(nodeId: string): Edge | undefined {
  const { flow } = useDocument.getState()
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  const isAlone = flow.edges.every(({ from, to }) => from[0] !== nodeId && to !== nodeId)
  if (!isAlone || definition?.exec?.in !== true || continuePortOf(definition) === undefined) {
    return undefined
  }
  const card = document.querySelector(`.react-flow__node[data-id="${nodeId}"]`)
  const { left, top, width, height } = card?.getBoundingClientRect() ?? new DOMRect()
  return edgeUnder(flow, [left + width / 2, top + height / 2])
}
