import type { Flow, Registry } from '@millrace/flow'
import { cardOf } from './card.ts'
import { execInId, execOutId } from './card-layout.ts'
import type { Box, Point } from './placement.ts'

/**
 * Moves the nodes of these boxes up or down until the edges between them run straight, each by the one
 * that leads to it. Where one node leads to several, the first of its exits counts: the others keep clear.
 */
export function straightened(
  flow: Flow,
  registry: Registry,
  boxes: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Point> {
  const ports = new Map(flow.nodes.map((node) => [node.id, portsOf(flow, registry, node.id)]))
  const inner = flow.edges.filter(({ from, to }) => boxes.has(from[0]) && boxes.has(to))
  const leadsTo = new Set(inner.map(({ to }) => to))
  const places = new Map<string, Point>()
  const pending = [...boxes.keys()].filter((id) => !leadsTo.has(id))
  for (const id of pending) {
    const top = places.get(id)?.[1] ?? boxes.get(id)?.y ?? 0
    const exits = inner
      .filter(({ from }) => from[0] === id)
      .toSorted((left, right) => outOf(left.from) - outOf(right.from))
    for (const [index, { from, to }] of exits.entries()) {
      pending.push(to)
      const box = boxes.get(to)
      if (box === undefined || index > 0) continue
      const y = top + outOf(from) - (ports.get(to)?.get(execInId) ?? 0)
      if (y !== box.y) places.set(to, [box.x, y])
    }
  }
  return places

  function outOf([id, port]: readonly [string, string]): number {
    return ports.get(id)?.get(execOutId(port)) ?? 0
  }
}

/** How far below its card's corner each port of a node stands. */
function portsOf(flow: Flow, registry: Registry, nodeId: string): ReadonlyMap<string, number> {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return new Map()
  const { layout } = cardOf(flow, node, { registry, problems: [], isExpanded: false })
  return new Map(layout.ports.map(({ id, y }) => [id, y]))
}
