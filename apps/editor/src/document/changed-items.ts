import type { Edge, Flow } from '@millrace/flow'

/** What an edit changed on the canvas, as far as it is still there. */
export interface ChangedItems {
  readonly nodeIds: readonly string[]
  readonly noteIds: readonly string[]
}

/**
 * The nodes and notes that came, changed or moved from one state of a flow to the other, with the
 * ends of the edges that came or went. By identity: edits keep what they do not touch.
 */
export function changedItems(before: Flow, after: Flow): ChangedItems {
  const known = new Set(before.nodes)
  const [places, left] = [after.layout?.nodes ?? {}, before.layout?.nodes ?? {}]
  const rewired = new Set(
    [...differing(before.edges, after.edges), ...differing(after.edges, before.edges)].flatMap(
      ({ from, to }) => [from[0], to],
    ),
  )
  const notes = new Set(before.layout?.notes)
  return {
    nodeIds: after.nodes.flatMap((node) => {
      const hasMoved = places[node.id]?.join() !== left[node.id]?.join()
      return !known.has(node) || hasMoved || rewired.has(node.id) ? [node.id] : []
    }),
    noteIds: (after.layout?.notes ?? []).flatMap((note) => (notes.has(note) ? [] : [note.id])),
  }
}

function differing(edges: readonly Edge[], others: readonly Edge[]): readonly Edge[] {
  const known = new Set(others)
  return edges.filter((edge) => !known.has(edge))
}
