import { continuePortOf, type Edge } from '@millrace/flow'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { cardMeasures } from '../card-layout.ts'
import { execEdgeId } from '../edge-ids.ts'
import { lineThrough } from '../line-through.ts'
import { overlaps, type Box, type Point } from '../placement.ts'
import { boxOfLine, pointsOfLine } from './line-points.ts'

/** The edge below the card of a node that stands alone, into which it goes when it is dropped there. */
export function spliceTargetOf(nodeId: string, card: Box): Edge | undefined {
  const { flow } = useDocument.getState()
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  const isAlone = flow.edges.every(({ from, to }) => from[0] !== nodeId && to !== nodeId)
  if (!isAlone || definition?.exec?.in !== true || continuePortOf(definition) === undefined) {
    return undefined
  }
  const head: Point = [card.x + card.width / 2, card.y + cardMeasures.header / 2]
  return lineThrough(card, head, edgesNear(card, flow.edges))
}

/** The edges that are drawn about a card, each with points along it. */
function edgesNear(card: Box, edges: readonly Edge[]) {
  const byId = new Map(edges.map((edge) => [execEdgeId(edge), edge]))
  return [...document.querySelectorAll<SVGPathElement>('path.react-flow__edge-path')].flatMap(
    (path) => {
      const edge = byId.get(path.id)
      return edge !== undefined && overlaps(card, boxOfLine(path))
        ? [[edge, pointsOfLine(path)] as const]
        : []
    },
  )
}
