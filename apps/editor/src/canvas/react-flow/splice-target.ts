import { continuePortOf, type Edge } from '@millrace/flow'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { execInId } from '../card-layout.ts'
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
  const start = card?.querySelector(`[data-port="${execInId}"]`)?.getBoundingClientRect()
  if (card === null || start === undefined) return undefined
  const { left, top, width, height } = card.getBoundingClientRect()
  const row = start.top + start.height / 2
  // Where an edge may run beneath the card: about the row of its exits, or through its middle.
  for (const y of [row, row - 5, row + 5, top + height / 2]) {
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9]) {
      const edge = edgeUnder(flow, [left + width * share, y])
      if (edge !== undefined) return edge
    }
  }
  return undefined
}
