import { continuePortOf, type Edge, type Flow, type Registry } from '@millrace/flow'

/** How many cards stand side by side at most, so that a row can be read without moving the view. */
export const maxColumns = 4

/**
 * The edges at which a long flow turns into a new row, as text does: along the outermost chain only, so
 * that a block stays in one piece, and at no edge that `isWhole` keeps together.
 */
export function rowBreaks(
  flow: Flow,
  registry: Registry,
  isWhole: (edge: Edge) => boolean,
): ReadonlySet<Edge> {
  const edgesFrom = Map.groupBy(flow.edges, ({ from }) => from[0])
  const types = new Map(flow.nodes.map(({ id, type }) => [id, type]))
  const reached = new Set(flow.edges.map(({ to }) => to))
  const roots = flow.nodes.filter(({ id }) => !reached.has(id))
  return new Set(roots.flatMap(({ id }) => breaksFrom(id)))

  function breaksFrom(rootId: string): readonly Edge[] {
    const chain = chainFrom(rootId)
    const columns = chain.map(({ nodeId }) => 1 + blockColumns(nodeId))
    const total = Math.max(...columns.map((count, index) => index + count))
    if (total <= maxColumns) return []
    const perRow = Math.ceil(total / Math.ceil(total / maxColumns))
    const breaks: Edge[] = []
    let start = 0
    for (const [index, { edge }] of chain.entries()) {
      const isFull = index - start + (columns[index] ?? 1) > perRow
      if (!isFull || index === start || edge === undefined || isWhole(edge)) continue
      breaks.push(edge)
      start = index
    }
    return breaks
  }

  function chainFrom(rootId: string): readonly { nodeId: string; edge: Edge | undefined }[] {
    const chain: { nodeId: string; edge: Edge | undefined }[] = []
    const seen = new Set<string>()
    let next: { nodeId: string; edge: Edge | undefined } | undefined = {
      nodeId: rootId,
      edge: undefined,
    }
    while (next !== undefined && !seen.has(next.nodeId)) {
      seen.add(next.nodeId)
      chain.push(next)
      const edge: Edge | undefined = continuation(next.nodeId)
      next = edge === undefined ? undefined : { nodeId: edge.to, edge }
    }
    return chain
  }

  function continuation(nodeId: string): Edge | undefined {
    const definition = registry.nodes.get(types.get(nodeId) ?? '')
    const port = definition === undefined ? 'next' : continuePortOf(definition)
    return edgesFrom.get(nodeId)?.find(({ from }) => from[1] === port)
  }

  /** How many columns the blocks of a node take beside it. */
  function blockColumns(nodeId: string): number {
    const rest = continuation(nodeId)
    const blocks = (edgesFrom.get(nodeId) ?? []).filter((edge) => edge !== rest)
    return Math.max(0, ...blocks.map(({ to }) => depthFrom(to)))
  }

  /** The longest way from a node on, in cards. */
  function depthFrom(startId: string): number {
    const depths = new Map([[startId, 1]])
    for (const [id, depth] of depths) {
      for (const { to } of edgesFrom.get(id) ?? []) {
        if (!depths.has(to)) depths.set(to, depth + 1)
      }
    }
    return Math.max(...depths.values())
  }
}
