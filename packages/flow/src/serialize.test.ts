import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveNodes } from './edit.ts'
import type { Flow } from './flow.ts'
import { parseFlow } from './parse.ts'
import { serializeFlow } from './serialize.ts'
import { anyFlow } from './testing/any-flow.ts'
import { chatFlow, flowOf, node } from './testing/flow-of.ts'

function parsed(text: string): Flow {
  const result = parseFlow(JSON.parse(text))
  if (result.status !== 'flow') throw new Error(JSON.stringify(result))
  return result.flow
}

/** The same flow, with the parts that have no order of their own in another one. */
function shuffled(flow: Flow, seed: number): unknown {
  const mixed = <T>(items: readonly T[]) =>
    items
      .map((item, index) => ({ item, key: Math.sin(seed * 31 + index * 17) }))
      .toSorted((left, right) => left.key - right.key)
      .map(({ item }) => item)
  const reordered = (value: object) => Object.fromEntries(mixed(Object.entries(value)))
  return reordered({
    ...flow,
    nodes: mixed(flow.nodes).map((one) =>
      reordered({ ...one, ...(one.properties && { properties: reordered(one.properties) }) }),
    ),
    edges: mixed(flow.edges).map(reordered),
    ...(flow.attachments && { attachments: mixed(flow.attachments).map(reordered) }),
    ...(flow.layout && {
      layout: { ...flow.layout, ...(flow.layout.nodes && { nodes: reordered(flow.layout.nodes) }) },
    }),
  })
}

describe('the canonical text', () => {
  it('[F8] has one order: of keys, and of nodes as the program reads', () => {
    expect(serializeFlow(chatFlow())).toMatchInlineSnapshot(`
      "{
        "format": "millrace/flow",
        "version": 1,
        "id": "test",
        "name": "Test",
        "nodes": [
          {
            "id": "trigger",
            "type": "test.request",
            "properties": {
              "requestVariable": "request"
            }
          },
          {
            "id": "chat",
            "type": "test.chat",
            "properties": {
              "connection": "main",
              "prompt": {
                "$ref": "request.prompt"
              },
              "resultVariable": "response",
              "streamVariable": "message"
            }
          },
          {
            "id": "send",
            "type": "test.yield",
            "properties": {
              "value": {
                "$ref": "message.content"
              }
            }
          },
          {
            "id": "done",
            "type": "test.yield",
            "properties": {
              "value": {
                "$expr": "response.content.size() > 3"
              }
            }
          },
          {
            "id": "last",
            "type": "test.reducer",
            "properties": {
              "count": 3
            }
          }
        ],
        "edges": [
          {
            "from": [
              "trigger",
              "next"
            ],
            "to": "chat"
          },
          {
            "from": [
              "chat",
              "forEachMessage"
            ],
            "to": "send"
          },
          {
            "from": [
              "chat",
              "continue"
            ],
            "to": "done"
          }
        ],
        "attachments": [
          {
            "host": [
              "chat",
              "reducer"
            ],
            "resource": "last"
          }
        ]
      }
      "
    `)
  })

  it('[F8] is the same, whatever order the parts came in', () => {
    fc.assert(
      fc.property(anyFlow, fc.integer(), (flow, seed) => {
        const other = shuffled(flow, seed)
        const result = parseFlow(other)
        expect(result.status).toBe('flow')
        if (result.status === 'flow') expect(serializeFlow(result.flow)).toBe(serializeFlow(flow))
      }),
    )
  })

  it('[F8] is the same, whatever order edges that compete came in', () => {
    const flow = flowOf({
      nodes: [node('a', 'yield'), node('b', 'yield'), node('c', 'yield')],
      lines: ['a.next -> c', 'a.next -> b'],
    })
    const other = { ...flow, edges: flow.edges.toReversed() }
    expect(serializeFlow(other)).toBe(serializeFlow(flow))
  })

  it('[F8] is read back as the flow it was written from', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const text = serializeFlow(flow)
        expect(serializeFlow(parsed(text))).toBe(text)
        expect(new Set(parsed(text).nodes)).toEqual(new Set(flow.nodes))
      }),
    )
  })

  it('[F9] changes in its layout alone when a node is moved', () => {
    fc.assert(
      fc.property(anyFlow, fc.integer({ min: -999, max: 999 }), (flow, place) => {
        const [first] = flow.nodes
        fc.pre(first !== undefined)
        const moved = moveNodes(flow, new Map([[first?.id ?? '', [place, place] as const]]))
        const { layout: _, ...before } = parsed(serializeFlow(flow))
        const { layout: __, ...after } = parsed(serializeFlow(moved))
        expect(JSON.stringify(after)).toBe(JSON.stringify(before))
      }),
    )
  })

  it('[F9] leaves out what is empty, and keeps what equals a default', () => {
    const flow: Flow = {
      ...flowOf({ nodes: [{ id: 'a', type: 'test.yield', disabled: false, properties: {} }] }),
      variables: [],
      attachments: [],
      layout: { nodes: {}, notes: [] },
      settings: {},
    }
    expect(parsed(serializeFlow(flow))).toEqual({
      ...flowOf({ nodes: [{ id: 'a', type: 'test.yield', disabled: false }] }),
    })
    const kept: Flow = { ...flowOf({ nodes: [] }), settings: { trace: 'summary' } }
    expect(parsed(serializeFlow(kept))).toEqual(kept)
  })

  it('[F9] keeps the order of keys inside the value of a property', () => {
    const flow = flowOf({ nodes: [node('a', 'yield', { value: { z: 1, a: { y: 1, b: 2 } } })] })
    expect(JSON.stringify(parsed(serializeFlow(flow)).nodes)).toBe(JSON.stringify(flow.nodes))
  })

  it('reads circles once around, and a long chain without a deep stack', () => {
    const circle = flowOf({
      nodes: [node('a', 'yield'), node('b', 'yield')],
      lines: ['a.next -> b', 'b.next -> a'],
    })
    expect(parsed(serializeFlow(circle)).nodes.map(({ id }) => id)).toEqual(['a', 'b'])
    const ids = Array.from({ length: 2000 }, (_, index) => `n${index}`)
    const chain = flowOf({
      nodes: ids.toReversed().map((id) => node(id, 'yield')),
      lines: ids.slice(1).map((id, index) => `n${index}.next -> ${id}`),
    })
    expect(parsed(serializeFlow(chain)).nodes.map(({ id }) => id)).toEqual(ids)
  })
})
