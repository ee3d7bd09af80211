import { programOf, type Block, type Flow, type FlowNode, type Registry } from '@millrace/flow'
import { cardOf } from './card.ts'

type Place = readonly [x: number, y: number]

/** From the left edge of a card to that of the next, and from its lower edge to what is below. */
const step = 336
const below = 48

const known = new WeakMap<Flow, ReadonlyMap<string, Place>>()

/**
 * Where a card stands: where its flow says, else where it stands in the order of the program, so that a
 * flow that was written without a layout can be read. Moving one card moves no other.
 */
export function placeOf(flow: Flow, nodeId: string, registry: Registry): Place {
  const place = flow.layout?.nodes?.[nodeId]
  if (place !== undefined) return place
  const places = known.get(flow) ?? placesInOrder(flow, registry)
  known.set(flow, places)
  return places.get(nodeId) ?? [0, 0]
}

function placesInOrder(flow: Flow, registry: Registry): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  /** Where each column is free, from there down. */
  const free: number[] = []

  function put(node: FlowNode, column: number, wanted: number): number {
    const { height } = cardOf(flow, node, { registry, problems: [], isExpanded: false }).layout
    const y = Math.max(wanted, free[column] ?? 0)
    places.set(node.id, [column * step, y])
    free[column] = y + height + below
    return y
  }

  function putBlock({ steps }: Block, column: number, wanted: number): void {
    let y = wanted
    for (const [index, { node, blocks }] of steps.entries()) {
      y = put(node, column + index, y)
      for (const inner of blocks.values()) putBlock(inner, column + index + 1, y)
    }
  }

  const { entry, loose } = programOf(flow, registry)
  for (const block of entry === undefined ? loose : [entry, ...loose]) {
    putBlock(block, 0, Math.max(0, ...free))
  }
  const hosts = new Map(flow.attachments?.map(({ resource, host }) => [resource, host[0]]))
  for (const node of flow.nodes) {
    if (places.has(node.id)) continue
    const [x] = places.get(hosts.get(node.id) ?? '') ?? [0]
    put(node, Math.round(x / step), 0)
  }
  return places
}
