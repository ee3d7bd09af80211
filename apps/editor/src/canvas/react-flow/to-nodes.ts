import type { Flow, FlowNode, Problem, Registry } from '@millrace/flow'
import { Position, type Node, type NodeHandle } from '@xyflow/react'
import { placeOf } from '../automatic-places.ts'
import { portSizes, type CardLayout, type CardPort } from '../card-layout.ts'
import { cardNameIds } from '../card-name-ids.ts'
import { cardOf, describeCard, type Card } from '../card.ts'
import type { Box, Point } from '../placement.ts'
import { isSameList } from './same-list.ts'

/** A node as React Flow takes it. Its `data` changes only when its card does. */
export type CardNode = Node<{ readonly card: Card }, 'card'>

/** What the canvas's nodes are derived from. */
export interface NodeSources {
  readonly flow: Flow
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  readonly selected: ReadonlySet<string>
  readonly expanded: ReadonlySet<string>
  /** Places of items that are being dragged and are not in the document yet. */
  readonly dragged: ReadonlyMap<string, Point>
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
      const [x, y] = sources.dragged.get(node.id) ?? placeOf(flow, node.id, registry)
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
      (before.definition?.attachments === undefined ||
        sources.flow.attachments === lastFlow?.attachments) &&
      // A broken card draws the ports that its edges name.
      (before.definition !== undefined || sources.flow === lastFlow)
    if (isSame) return before
    const card = cardOf(sources.flow, node, { registry, problems, isExpanded })
    return before === undefined ? card : withKnownPorts(card, before)
  }
}

const noProblems: readonly Problem[] = []

/** The card, whose ports are the same objects where they are as before: only others are drawn. */
function withKnownPorts(card: Card, before: Card): Card {
  const known = before.layout.ports
  const ports = card.layout.ports.map((port, index) => {
    const there = known[index]
    return there !== undefined && isSamePort(there, port) ? there : port
  })
  return { ...card, layout: { ...card.layout, ports: isSameList(ports, known) ? known : ports } }
}

function isSamePort(one: CardPort, other: CardPort): boolean {
  return (
    one.id === other.id &&
    one.label === other.label &&
    one.x === other.x &&
    one.y === other.y &&
    one.kind === other.kind &&
    one.direction === other.direction &&
    one.key === other.key
  )
}

function toCardNode(
  card: Card,
  before: CardNode | undefined,
  placed: Pick<CardNode, 'position' | 'selected'>,
): CardNode {
  const { width, height } = card.layout
  const names = cardNameIds(card.node.id)
  return {
    id: card.node.id,
    type: 'card',
    data: before?.data.card === card ? before.data : { card },
    // Given beforehand, React Flow need not mount a card to learn its size and ports.
    width,
    height,
    measured: { width, height },
    handles:
      before?.data.card.layout.ports === card.layout.ports && before.handles !== undefined
        ? before.handles
        : handlesOf(card.layout),
    ariaLabel: describeCard(card),
    // By elements of the card, which follow the run and the edges without a new node.
    domAttributes: { 'aria-labelledby': `${names.name} ${names.status}` },
    ...placed,
  }
}

/** The place that a node's card takes. */
export function boxOf({ position, data }: CardNode): Box {
  const { width, height } = data.card.layout
  return { x: position.x, y: position.y, width, height }
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
