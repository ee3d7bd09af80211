import { continuePortOf, execPortsOf, type ExecPort, type Registry } from './definition.ts'
import type { Edge, Flow } from './flow.ts'

/** A sub-block that a node stands in: its owner, and the exit that leads into it. */
export interface Branch {
  readonly ownerId: string
  readonly port: string
}

/** The sub-blocks around a node, outermost first; a resource stands where its first host does. */
export function branchesAround(flow: Flow, registry: Registry, nodeId: string): readonly Branch[] {
  const into = new Map(flow.edges.map((edge) => [edge.to, edge]))
  const hosts = new Map((flow.attachments ?? []).map(({ host, resource }) => [resource, host[0]]))
  const branches: Branch[] = []
  const seen = new Set<string>()
  let id: string | undefined = nodeId
  while (id !== undefined && !seen.has(id)) {
    seen.add(id)
    const edge: Edge | undefined = into.get(id)
    if (edge !== undefined && isIntoBlock(flow, registry, edge)) {
      branches.push({ ownerId: edge.from[0], port: edge.from[1] })
    }
    id = edge?.from[0] ?? hosts.get(id)
  }
  return branches.toReversed()
}

/** The exit that a branch begins with; `undefined` where the owner's kind is unknown. */
export function portOfBranch(
  flow: Flow,
  registry: Registry,
  { ownerId, port }: Branch,
): ExecPort | undefined {
  const owner = flow.nodes.find(({ id }) => id === ownerId)
  const definition = registry.nodes.get(owner?.type ?? '')
  if (owner === undefined || definition === undefined) return undefined
  return execPortsOf(definition, owner).find(({ id }) => id === port)
}

/** The nodes of a chain from one on, past their sub-blocks. */
export function chainFrom(flow: Flow, registry: Registry, nodeId: string): readonly string[] {
  const chain = new Set<string>()
  let id: string | undefined = nodeId
  while (id !== undefined && !chain.has(id)) {
    chain.add(id)
    id = flow.edges.find(
      (edge) => edge.from[0] === id && edge.from[1] === continuePortIn(flow, registry, id),
    )?.to
  }
  return [...chain]
}

/** The exit of a node of the flow that goes on after it. */
export function continuePortIn(flow: Flow, registry: Registry, nodeId: string): string | undefined {
  const type = flow.nodes.find(({ id }) => id === nodeId)?.type
  const definition = registry.nodes.get(type ?? '')
  return definition && continuePortOf(definition)
}

function isIntoBlock(flow: Flow, registry: Registry, { from: [id, port] }: Edge): boolean {
  return portOfBranch(flow, registry, { ownerId: id, port })?.block !== undefined
}
