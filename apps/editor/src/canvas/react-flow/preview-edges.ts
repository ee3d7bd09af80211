import type { Flow } from '@millrace/flow'
import type { CanvasEdge } from './to-edges.ts'

/** The edges with those beside them that an edit would add, and those marked that it would take. */
export function withPreview(
  edges: readonly CanvasEdge[],
  flow: Flow,
  changed: readonly CanvasEdge[],
): CanvasEdge[] {
  const nodeIds = new Set(flow.nodes.map(({ id }) => id))
  const before = new Set(edges.map(lineOf))
  const after = new Set(changed.map(lineOf))
  const coming = changed.filter(
    (edge) => !before.has(lineOf(edge)) && nodeIds.has(edge.source) && nodeIds.has(edge.target),
  )
  return [
    ...edges.map((edge) => (after.has(lineOf(edge)) ? edge : { ...edge, className: 'leaving' })),
    ...coming.map((edge) => ({
      ...edge,
      // An exit names its edge, and here it may have two of them.
      id: `coming ${lineOf(edge)}`,
      className: 'coming',
      selectable: false,
      focusable: false,
      reconnectable: false,
    })),
  ]
}

function lineOf({ source, sourceHandle, target }: CanvasEdge): string {
  return `${source} ${sourceHandle} ${target}`
}
