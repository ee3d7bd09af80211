import type { Edge, Flow } from '@millrace/flow'
import { execEdgeId } from '../edge-ids.ts'
import type { Point } from '../placement.ts'

/** The exec edge at a point of the window, also beneath a card. */
export function edgeUnder(flow: Flow, point: Point): Edge | undefined {
  for (const element of document.elementsFromPoint(...point)) {
    const id = element.closest<SVGElement>('.react-flow__edge')?.dataset['id']
    const edge = id === undefined ? undefined : flow.edges.find((one) => execEdgeId(one) === id)
    if (edge !== undefined) return edge
  }
  return undefined
}
