import { addNote, type Flow } from '@millrace/flow'
import { createRandom, soundFlow, type Random } from '@millrace/flow/testing'
import { ragChatExample } from '@millrace/nodes'
import Elk from 'elkjs/lib/elk.bundled.js'
import { describe, expect, it } from 'vitest'
import { registry } from '../../registry.ts'
import { cardOf } from '../card.ts'
import { execInId, execOutId } from '../card-layout.ts'
import { frameItemIds, itemBoxesOf, itemsIn } from '../notes.ts'
import type { Box } from '../placement.ts'
import { applyBoxes } from './apply-boxes.ts'
import { arrange } from './arrange.ts'

const elk = new Elk()

async function arranged(flow: Flow, itemIds?: readonly string[]): Promise<Flow> {
  const boxes = await arrange({
    flow,
    registry,
    layOut: (graph) => elk.layout(graph),
    ...(itemIds === undefined ? {} : { itemIds: new Set(itemIds) }),
  })
  return applyBoxes(flow, boxes)
}

const boxesOf = (flow: Flow) => itemBoxesOf(flow, registry)

/** The pairs of items that cover each other, besides frames and what lies in them. */
function overlaps(flow: Flow): readonly string[] {
  const boxes = [...boxesOf(flow)]
  const frames = frameItemIds(flow)
  return boxes.flatMap(([left, one], index) =>
    boxes.slice(index + 1).flatMap(([right, other]) => {
      const isFramed = [left, right].some((id) => frames.has(id))
      const inEachOther = isFramed && (isIn(one, other) || isIn(other, one))
      return covers(one, other) && !inEachOther ? [`${left} and ${right}`] : []
    }),
  )
}

function isIn(inner: Box, outer: Box): boolean {
  const right = inner.x + inner.width <= outer.x + outer.width
  const bottom = inner.y + inner.height <= outer.y + outer.height
  return inner.x >= outer.x && inner.y >= outer.y && right && bottom
}

function covers(left: Box, right: Box): boolean {
  const across = left.x < right.x + right.width && right.x < left.x + left.width
  return across && left.y < right.y + right.height && right.y < left.y + left.height
}

/** A flow of the real nodes, thrown about, with notes beside cards and far from any, and frames. */
function anyArrangement(random: Random): Flow {
  let flow = soundFlow(random, registry)
  const place = () => [random(2400) - 200, random(1600) - 200] as const
  const nodes = Object.fromEntries(flow.nodes.map(({ id }) => [id, place()]))
  flow = { ...flow, layout: { nodes } }
  for (let count = random(4); count > 0; count -= 1) {
    const size = [120 + random(200), 64 + random(200)] as const
    flow = addNote(flow, { text: 'Note', position: place(), size }).flow
  }
  for (let count = random(3); count > 0; count -= 1) {
    const size = [400 + random(1200), 300 + random(900)] as const
    flow = addNote(flow, { kind: 'frame', text: 'Frame', position: place(), size }).flow
  }
  return flow
}

function arrangements(count: number): readonly Flow[] {
  return Array.from({ length: count }, (_, seed) => anyArrangement(createRandom(seed + 1)))
}

describe('a flow that is laid out', () => {
  it('has nothing that covers anything else, and stays as it is when it is laid out again', async () => {
    for (const flow of arrangements(24)) {
      const once = await arranged(flow)
      expect(overlaps(once)).toEqual([])
      expect((await arranged(once)).layout).toEqual(once.layout)
    }
  }, 60_000)

  it('keeps in each frame what lay in it', async () => {
    for (const flow of arrangements(12)) {
      const before = boxesOf(flow)
      const after = boxesOf(await arranged(flow))
      const hosts = new Set(flow.nodes.map(({ id }) => id))
      for (const { resource } of flow.attachments ?? []) hosts.delete(resource)
      for (const frame of frameItemIds(flow)) {
        const cards = (boxes: typeof before) =>
          itemsIn(boxes, frame).filter((id) => hosts.has(id)).length
        expect(cards(after)).toBeGreaterThanOrEqual(Math.min(1, cards(before)))
      }
    }
  }, 60_000)

  it('reads from left to right, with a block above what follows it, and a resource below its host', async () => {
    const flow = await arranged(ragChatExample('example', 'Example'))
    const boxes = boxesOf(flow)
    const at = (id: string) => boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 }
    expect(at('yieldMessage').y + at('yieldMessage').height).toBeLessThan(at('saveHistory').y)
    expect(at('embedder').y).toBeGreaterThan(at('search').y + at('search').height)
    expect(at('embedder').x).toBe(at('search').x)
    expect(portY(flow, 'trigger', execOutId('next'))).toBe(portY(flow, 'search', execInId))
    expect(portY(flow, 'search', execOutId('next'))).toBe(portY(flow, 'getHistory', execInId))
  })

  it('turns into a new row before it is too wide to be read', async () => {
    const flow = await arranged(ragChatExample('example', 'Example'))
    const xs = [...boxesOf(flow).values()].map(({ x, width }) => x + width)
    expect(Math.max(...xs) - 80).toBeLessThanOrEqual(4 * 256 + 3 * 80)
  })

  it('moves only the selection when there is one, and it to where it covers no other card', async () => {
    const example = ragChatExample('example', 'Example')
    const selected = ['search', 'getHistory', 'embedder']
    const flow = await arranged(example, selected)
    const [before, after] = [boxesOf(example), boxesOf(flow)]
    for (const { id } of flow.nodes) {
      if (!selected.includes(id)) expect(after.get(id)).toEqual(before.get(id))
    }
    expect(overlaps(flow)).toEqual([])
    expect((await arranged(flow, selected)).layout).toEqual(flow.layout)
  })
})

function portY(flow: Flow, nodeId: string, portId: string): number | undefined {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return undefined
  const { layout } = cardOf(flow, node, { registry, problems: [], isExpanded: false })
  const port = layout.ports.find(({ id }) => id === portId)
  return (boxesOf(flow).get(nodeId)?.y ?? 0) + (port?.y ?? 0)
}
