import type { Attachment, Edge, Flow, Registry } from '@millrace/flow'
import { attachmentEdgeId, execEdgeId } from '../canvas/edge-ids.ts'
import { placeOf, quotedTitle } from '../canvas/node-places.ts'

/**
 * What a screen reader is told of an edit that it cannot see: nodes that come and go, and lines
 * between them. `undefined` for one that is heard by itself: typing, and moving, which React Flow tells.
 */
export function editAnnouncement(
  before: Flow,
  after: Flow,
  registry: Registry,
): string | undefined {
  const [added, removed] = changesOf(before.nodes, after.nodes, ({ id }) => id)
  const [node] = added
  if (node !== undefined) {
    const name = quotedTitle(after, registry, node.id)
    if (added.length > 1) return `${added.length} nodes added.`
    const place = placeOf(after, registry, node.id)
    return place === undefined ? `${name} added.` : `${name} added ${place}.`
  }
  const [gone] = removed
  if (gone !== undefined) {
    return removed.length > 1
      ? `${removed.length} nodes deleted.`
      : `${quotedTitle(before, registry, gone.id)} deleted.`
  }
  return lineAnnouncement(before, after, registry) ?? stateAnnouncement(before, after, registry)
}

function lineAnnouncement(before: Flow, after: Flow, registry: Registry): string | undefined {
  const [edges, lostEdges] = changesOf(before.edges, after.edges, execEdgeId)
  const [attachments, lost] = changesOf(
    before.attachments ?? [],
    after.attachments ?? [],
    attachmentEdgeId,
  )
  const drawn = edges[0]?.to ?? attachments[0]?.resource
  if (drawn !== undefined) {
    const verb = edges.length > 0 ? 'now runs' : 'now'
    return `${quotedTitle(after, registry, drawn)} ${verb} ${placeOf(after, registry, drawn) ?? ''}.`
  }
  const [edge] = lostEdges
  const [attachment] = lost
  if (edge === undefined && attachment === undefined) return undefined
  const [from, to] =
    edge === undefined ? [attachment?.host[0], attachment?.resource] : [edge.from[0], edge.to]
  return `${quotedTitle(before, registry, to ?? '')} disconnected from ${quotedTitle(before, registry, from ?? '')}.`
}

function stateAnnouncement(before: Flow, after: Flow, registry: Registry): string | undefined {
  const nodes = new Map(before.nodes.map((node) => [node.id, node]))
  const switched = after.nodes.filter(
    ({ id, disabled }) => (nodes.get(id)?.disabled ?? false) !== (disabled ?? false),
  )
  const [node] = switched
  if (node === undefined) return undefined
  const what =
    switched.length > 1 ? `${switched.length} nodes` : quotedTitle(after, registry, node.id)
  return `${what} ${node.disabled === true ? 'disabled' : 'enabled'}.`
}

/** What is there only after, and only before. */
function changesOf<T extends { readonly id: string } | Edge | Attachment>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): readonly [added: readonly T[], removed: readonly T[]] {
  if (before === after) return [[], []]
  const had = new Set(before.map(keyOf))
  const has = new Set(after.map(keyOf))
  return [
    after.filter((item) => !had.has(keyOf(item))),
    before.filter((item) => !has.has(keyOf(item))),
  ]
}
