import {
  execPortsOf,
  type Attachment,
  type Edge as FlowEdge,
  type Flow,
  type FlowNode,
  type Problem,
  type Registry,
} from '@millrace/flow'
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react'
import {
  attachInId,
  attachmentId,
  execInId,
  execOutId,
  portSizes,
  type CardLayout,
  type CardPort,
} from '../card-layout.ts'
import { cardOf, describeCard, type Card } from '../card.ts'
import { attachmentEdgeId, execEdgeId } from '../edge-ids.ts'

/** A node as React Flow takes it. Its `data` changes only when its card does. */
export type CardNode = Node<{ readonly card: Card }, 'card'>

/** An exec edge. */
export type ExecEdge = Edge<
  {
    readonly edge: FlowEdge
    /** Whether it leads into a sub-block, which its source runs. */
    readonly isBlock: boolean
    /** The first nodes of its target's own sub-blocks: while one of them runs, the run is past here. */
    readonly inner: readonly string[]
  },
  'exec'
>
export type AttachmentEdge = Edge<{ readonly attachment: Attachment }, 'attachment'>
export type CanvasEdge = ExecEdge | AttachmentEdge

/** What the canvas's nodes are derived from. */
export interface NodeSources {
  readonly flow: Flow
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  readonly selected: ReadonlySet<string>
  readonly expanded: ReadonlySet<string>
  /** Places of nodes that are being dragged and are not in the document yet. */
  readonly dragged: ReadonlyMap<string, { readonly x: number; readonly y: number }>
}

/**
 * Derives React Flow's nodes from the document. What has not changed stays the same object from one
 * call to the next, so a change draws again what it changed and nothing else.
 */
export function createNodeDeriver(registry: Registry): (sources: NodeSources) => CardNode[] {
  let known = new Map<string, CardNode>()
  let nodes: CardNode[] = []
  let lastFlow: Flow | undefined
  return (sources) => {
    const { flow } = sources
    const derived = flow.nodes.map((node) => {
      const before = known.get(node.id)
      const card = cardFor(node, before?.data.card, sources)
      const [left, top] = flow.layout?.nodes?.[node.id] ?? [0, 0]
      const { x, y } = sources.dragged.get(node.id) ?? { x: left, y: top }
      const selected = sources.selected.has(node.id)
      const isSame =
        before?.data.card === card &&
        before.position.x === x &&
        before.position.y === y &&
        before.selected === selected
      return isSame ? before : toCardNode(card, before, { position: { x, y }, selected })
    })
    lastFlow = flow
    if (isSameList(derived, nodes)) return nodes
    nodes = derived
    known = new Map(nodes.map((node) => [node.id, node]))
    return nodes
  }

  function cardFor(node: FlowNode, before: Card | undefined, sources: NodeSources): Card {
    const problems = sources.problems.get(node.id) ?? noProblems
    const isExpanded = sources.expanded.has(node.id)
    const isSame =
      before?.node === node &&
      before.problems === problems &&
      before.isExpanded === isExpanded &&
      // A broken card draws the ports that its edges name.
      (before.definition !== undefined || sources.flow === lastFlow)
    return isSame ? before : cardOf(sources.flow, node, { registry, problems, isExpanded })
  }
}

const noProblems: readonly Problem[] = []

function toCardNode(
  card: Card,
  before: CardNode | undefined,
  placed: Pick<CardNode, 'position' | 'selected'>,
): CardNode {
  const { width, height } = card.layout
  return {
    id: card.node.id,
    type: 'card',
    data: before?.data.card === card ? before.data : { card },
    // Given beforehand, React Flow need not mount a card to learn its size and ports.
    width,
    height,
    measured: { width, height },
    handles:
      before?.data.card.layout === card.layout && before.handles !== undefined
        ? before.handles
        : handlesOf(card.layout),
    ariaLabel: describeCard(card),
    ...placed,
  }
}

/** The ports of a card as React Flow wants them: by their corners. */
export function handlesOf({ ports }: CardLayout): NodeHandle[] {
  return ports.map((port) => {
    const size = portSizes[port.kind]
    return {
      id: port.id,
      type: handleTypeOf(port),
      position: handlePositionOf(port),
      x: port.x - size / 2,
      y: port.y - size / 2,
      width: size,
      height: size,
    }
  })
}

/** Which end of an edge a port takes. An attachment edge leads from the host to its resource. */
export function handleTypeOf({ direction }: CardPort): 'source' | 'target' {
  return direction === 'out' ? 'source' : 'target'
}

/** The side of the card on which a port stands. */
export function handlePositionOf({ kind, direction }: CardPort): Position {
  if (kind === 'attachment') return direction === 'out' ? Position.Bottom : Position.Top
  return direction === 'out' ? Position.Right : Position.Left
}

/** Derives React Flow's edges, with the same promise as `createNodeDeriver`. */
export function createEdgeDeriver(
  registry: Registry,
): (flow: Flow, selected: ReadonlySet<string>) => CanvasEdge[] {
  let known = new Map<string, CanvasEdge>()
  let edges: CanvasEdge[] = []
  return (flow, selected) => {
    const blocks = blockPortsOf(flow, registry)
    const titles = new Map(
      flow.nodes.map((node) => [
        node.id,
        node.title ?? registry.nodes.get(node.type)?.title ?? node.id,
      ]),
    )
    const derived = [
      ...flow.edges.map((edge) => toExecEdge(edge, { blocks, flow, titles, selected })),
      ...(flow.attachments ?? []).map((attachment) =>
        toAttachmentEdge(attachment, { titles, selected }),
      ),
    ].map((edge) => {
      const before = known.get(edge.id)
      return before !== undefined && isSameEdge(before, edge) ? before : edge
    })
    if (isSameList(derived, edges)) return edges
    edges = derived
    known = new Map(edges.map((edge) => [edge.id, edge]))
    return edges
  }
}

type Titles = ReadonlyMap<string, string>

function toExecEdge(
  edge: FlowEdge,
  context: {
    readonly flow: Flow
    readonly blocks: ReadonlyMap<string, ReadonlySet<string>>
    readonly titles: Titles
    readonly selected: ReadonlySet<string>
  },
): ExecEdge {
  const { flow, blocks, titles } = context
  const [source, port] = edge.from
  const id = execEdgeId(edge)
  return {
    id,
    type: 'exec',
    source,
    sourceHandle: execOutId(port),
    target: edge.to,
    targetHandle: execInId,
    selected: context.selected.has(id),
    ariaLabel: `Edge from ${titles.get(source) ?? source}, ${port}, to ${titles.get(edge.to) ?? edge.to}`,
    data: {
      edge,
      isBlock: blocks.get(source)?.has(port) ?? false,
      inner: flow.edges.flatMap(({ from, to }) =>
        from[0] === edge.to && blocks.get(edge.to)?.has(from[1]) === true ? [to] : [],
      ),
    },
  }
}

function toAttachmentEdge(
  attachment: Attachment,
  context: { readonly titles: Titles; readonly selected: ReadonlySet<string> },
): AttachmentEdge {
  const { titles } = context
  const { host, resource } = attachment
  const id = attachmentEdgeId(attachment)
  return {
    id,
    type: 'attachment',
    source: host[0],
    sourceHandle: attachmentId(host[1]),
    target: resource,
    targetHandle: attachInId,
    selected: context.selected.has(id),
    ariaLabel: `${titles.get(resource) ?? resource} attached to ${titles.get(host[0]) ?? host[0]}`,
    data: { attachment },
  }
}

function blockPortsOf(flow: Flow, registry: Registry): ReadonlyMap<string, ReadonlySet<string>> {
  const blocks = new Map<string, ReadonlySet<string>>()
  for (const node of flow.nodes) {
    const definition = registry.nodes.get(node.type)
    if (definition === undefined) continue
    const ports = execPortsOf(definition, node).filter(({ block }) => block !== undefined)
    if (ports.length > 0) blocks.set(node.id, new Set(ports.map(({ id }) => id)))
  }
  return blocks
}

function isSameEdge(left: CanvasEdge, right: CanvasEdge): boolean {
  if (left.selected !== right.selected || left.ariaLabel !== right.ariaLabel) return false
  const { data: before } = left
  const { data: after } = right
  if (before === undefined || after === undefined) return false
  if ('attachment' in before) return 'attachment' in after && before.attachment === after.attachment
  return (
    'edge' in after &&
    before.edge === after.edge &&
    before.isBlock === after.isBlock &&
    before.inner.join() === after.inner.join()
  )
}

function isSameList<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index])
}
