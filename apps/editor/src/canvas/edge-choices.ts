import {
  branchesAround,
  chainFrom,
  connect,
  continuePortIn,
  insertAt,
  titleOf,
  whyNotConnect,
  type Edge,
  type Flow,
  type Registry,
} from '@millrace/flow'
import type { WireChoice } from './wire-choice.ts'

/**
 * The ways to draw an exec edge. An exit takes one edge and a node is reached by one: where the edge
 * meets another, the nodes can run one after the other, or what was there gives way.
 */
export function edgeChoices(flow: Flow, registry: Registry, edge: Edge): readonly WireChoice[] {
  if (whyNotConnect(flow, registry, edge) !== undefined) return []
  const replaced = replacedEdges(flow, edge)
  const apply = (current: Flow) => connect(current, registry, edge)
  if (replaced.length === 0) return [{ label: 'Connect', hint: undefined, asks: false, apply }]
  const lost = replaced.map(({ from, to }) =>
    to === edge.to
      ? `${nameOf(to)} no longer follows ${nameOf(from[0])}.`
      : `${nameOf(to)} no longer follows ${nameOf(edge.from[0])}.`,
  )
  return [
    ...runAfterOwner(),
    ...runBetween(),
    ...insertBefore(),
    { label: 'Replace', hint: lost.join(' '), asks: false, apply },
  ]

  /** Two branches that lead to one node: it runs after the node that branches. */
  function runAfterOwner(): readonly WireChoice[] {
    const ownerId = forkOf(flow, registry, edge)
    const port = ownerId === undefined ? undefined : continuePortIn(flow, registry, ownerId)
    if (ownerId === undefined || port === undefined) return []
    const lastId = lastOf(edge.to)
    return [
      {
        label: `Run after ${nameOf(ownerId)} (connect to its ${labelOf(ownerId, port)})`,
        hint: `${nameOf(edge.to)} runs then, whichever way was taken.`,
        asks: false,
        apply: (current) =>
          insertAt(current, registry, { nodeId: edge.to, lastId, exit: [ownerId, port] }),
      },
    ]
  }

  /** A chain that nothing leads to, drawn to a node that follows another: it goes between the two. */
  function runBetween(): readonly WireChoice[] {
    const before = replaced.find(({ to }) => to === edge.to)
    const [firstId, lastId] = [rootOf(flow, edge.from[0]), edge.from[0]]
    if (before === undefined || edge.from[1] !== continuePortIn(flow, registry, lastId)) return []
    const isChain = chainFrom(flow, registry, firstId).includes(lastId)
    const first = { from: before.from, to: firstId }
    if (!isChain || whyNotConnect(flow, registry, first) !== undefined) return []
    return [
      {
        label: `Insert before ${nameOf(edge.to)}`,
        hint: `${nameOf(firstId)} runs after ${nameOf(before.from[0])}.`,
        asks: false,
        apply: (current) => connect(connect(current, registry, first), registry, edge),
      },
    ]
  }

  /** An exit that leads somewhere already: the other node runs first, then what was there. */
  function insertBefore(): readonly WireChoice[] {
    const followed = replaced.find(({ to }) => to !== edge.to)
    const lastId = lastOf(edge.to)
    if (followed === undefined || continuePortIn(flow, registry, lastId) === undefined) return []
    return [
      {
        label: `Insert before ${nameOf(followed.to)}`,
        hint: `${nameOf(edge.to)} runs after ${nameOf(edge.from[0])}, then ${nameOf(followed.to)}.`,
        asks: false,
        apply: (current) =>
          insertAt(current, registry, { nodeId: edge.to, lastId, exit: edge.from }),
      },
    ]
  }

  /** The end of what runs from a node on, up to what the exit leads to now. */
  function lastOf(nodeId: string): string {
    const following = replaced.find(({ to }) => to !== edge.to)?.to
    const chain = chainFrom(flow, registry, nodeId)
    const end = chain.indexOf(following ?? '')
    return (end === -1 ? chain : chain.slice(0, end)).at(-1) ?? nodeId
  }

  function nameOf(id: string): string {
    const node = flow.nodes.find((one) => one.id === id)
    return `“${node === undefined ? id : titleOf(node, registry.nodes.get(node.type))}”`
  }

  function labelOf(id: string, port: string): string {
    const type = flow.nodes.find((one) => one.id === id)?.type ?? ''
    return registry.nodes.get(type)?.exec?.out[port]?.label ?? port
  }
}

/** The edges that would give way: at the exit, and into the node. */
function replacedEdges(flow: Flow, edge: Edge): readonly Edge[] {
  const isSameExit = ({ from }: Edge) => from[0] === edge.from[0] && from[1] === edge.from[1]
  return flow.edges.filter((one) => isSameExit(one) !== (one.to === edge.to))
}

/** The node in one branch of which an edge starts, and in another one of which it ends. */
function forkOf(flow: Flow, registry: Registry, { from, to }: Edge): string | undefined {
  const theirs = branchesAround(flow, registry, to)
  const isContinue = continuePortIn(flow, registry, from[0]) === from[1]
  const ours = [
    ...branchesAround(flow, registry, from[0]),
    ...(isContinue ? [] : [{ ownerId: from[0], port: from[1] }]),
  ]
  return ours.find(
    ({ ownerId, port }, index) => theirs[index]?.ownerId === ownerId && theirs[index].port !== port,
  )?.ownerId
}

/** The node at the top of what leads to a node. */
function rootOf(flow: Flow, nodeId: string): string {
  const into = new Map(flow.edges.map((edge) => [edge.to, edge.from[0]]))
  const seen = new Set<string>()
  let id = nodeId
  for (
    let before = into.get(id);
    before !== undefined && !seen.has(before);
    before = into.get(id)
  ) {
    seen.add(before)
    id = before
  }
  return id
}
