import { continuePortOf, execPortsOf, type Flow, type Registry } from '@millrace/flow'

/** The ways from a node to the next: along the wires, and in and out of blocks. */
export type Direction = 'before' | 'after' | 'inside' | 'outside'

/**
 * The node that is next to another: what ran before it, what runs after it, the first of what it owns
 * (its first block, else what is attached to it), and the node that owns it.
 */
export function neighbourOf(
  flow: Flow,
  registry: Registry,
  { nodeId, direction }: { readonly nodeId: string; readonly direction: Direction },
): string | undefined {
  switch (direction) {
    case 'before':
      return incoming(flow, nodeId)?.from[0] ?? hostOf(flow, nodeId)
    case 'after':
      return afterOf(flow, registry, nodeId)
    case 'inside':
      return insideOf(flow, registry, nodeId)
    case 'outside':
      return ownerOf(flow, registry, nodeId)
  }
}

function afterOf(flow: Flow, registry: Registry, nodeId: string): string | undefined {
  const continued = exitsOf(flow, registry, nodeId).find(({ isBlock }) => !isBlock)
  return continued?.to ?? nextAttached(flow, nodeId)
}

function insideOf(flow: Flow, registry: Registry, nodeId: string): string | undefined {
  const block = exitsOf(flow, registry, nodeId).find(({ isBlock }) => isBlock)
  const attached = (flow.attachments ?? []).find(({ host }) => host[0] === nodeId)
  return block?.to ?? attached?.resource
}

/** Back along the block to its start, and there to the node whose block it is. */
function ownerOf(flow: Flow, registry: Registry, nodeId: string): string | undefined {
  const seen = new Set<string>()
  for (let id = nodeId; !seen.has(id);) {
    seen.add(id)
    const edge = incoming(flow, id)
    if (edge === undefined) return hostOf(flow, id)
    const [from, port] = edge.from
    const exit = exitsOf(flow, registry, from).find((one) => one.port === port)
    if (exit?.isBlock === true) return from
    id = from
  }
  return undefined
}

interface Exit {
  readonly port: string
  readonly isBlock: boolean
  readonly to: string
}

/** The exits of a node that lead somewhere, in the order in which they stand on its card. */
function exitsOf(flow: Flow, registry: Registry, nodeId: string): readonly Exit[] {
  const edges = flow.edges.filter(({ from }) => from[0] === nodeId)
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  if (node === undefined || definition === undefined) {
    return edges.map(({ from, to }) => ({ port: from[1], isBlock: false, to }))
  }
  const continuation = continuePortOf(definition)
  return execPortsOf(definition, node).flatMap(({ id, block }) => {
    const to = edges.find(({ from }) => from[1] === id)?.to
    const isBlock = block !== undefined || id !== continuation
    return to === undefined ? [] : [{ port: id, isBlock, to }]
  })
}

function incoming(flow: Flow, nodeId: string) {
  return flow.edges.find(({ to }) => to === nodeId)
}

function hostOf(flow: Flow, nodeId: string): string | undefined {
  return (flow.attachments ?? []).find(({ resource }) => resource === nodeId)?.host[0]
}

/** The resource that stands at the same host after this one. */
function nextAttached(flow: Flow, nodeId: string): string | undefined {
  const attachments = flow.attachments ?? []
  const host = hostOf(flow, nodeId)
  const siblings = attachments.filter((one) => one.host[0] === host)
  const index = siblings.findIndex(({ resource }) => resource === nodeId)
  return host === undefined ? undefined : siblings[index + 1]?.resource
}
