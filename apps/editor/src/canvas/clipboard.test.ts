import { expect, it } from 'vitest'
import { copyNodes, pasteNodes, type PasteResult } from './clipboard.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  {
    start: { type: 'test.start', properties: { outputVariable: 'request' } },
    chat: { type: 'test.stream', properties: { prompt: { $ref: 'request' } } },
    yield: {
      type: 'test.yield',
      properties: { value: { $text: ['>', { $ref: 'message.content' }] } },
    },
  },
  ['start.next -> chat', 'chat.forEachMessage -> yield'],
  { layout: { nodes: { start: [0, 0], chat: [336, 40], yield: [672, 0] } } },
)

function paste(text: string, target = flow): PasteResult {
  return pasteNodes(target, registry, { text, place: ([x, y]) => [x + 32, y + 32] })
}

it('copies the nodes with the edges among them, and no others', () => {
  const copied: unknown = JSON.parse(copyNodes(flow, new Set(['chat', 'yield'])))
  expect(copied).toMatchObject({
    format: 'millrace/flow',
    edges: [{ from: ['chat', 'forEachMessage'], to: 'yield' }],
    layout: { nodes: { chat: [336, 40], yield: [672, 0] } },
  })
})

it('pastes with free ids and free names, and what refers to them follows', () => {
  const result = paste(copyNodes(flow, new Set(['chat', 'yield'])))
  if (result.status === 'refused') throw new Error(result.reason)
  expect(result.nodeIds).toEqual(['chat2', 'yield2'])
  expect(result.flow.nodes.slice(3)).toEqual([
    {
      id: 'chat2',
      type: 'test.stream',
      properties: {
        prompt: { $ref: 'request' },
        streamVariable: 'message2',
        resultVariable: 'response2',
      },
    },
    {
      id: 'yield2',
      type: 'test.yield',
      properties: { value: { $text: ['>', { $ref: 'message2.content' }] } },
    },
  ])
  expect(result.flow.edges.at(-1)).toEqual({ from: ['chat2', 'forEachMessage'], to: 'yield2' })
  expect(result.flow.layout?.nodes).toMatchObject({ chat2: [368, 72], yield2: [704, 32] })
})

it('leaves the nodes that were there as they are', () => {
  const result = paste(copyNodes(flow, new Set(['chat', 'yield'])))
  if (result.status === 'refused') throw new Error(result.reason)
  expect(result.flow.nodes.slice(0, 3)).toEqual(flow.nodes)
})

it('pastes a whole flow into an empty one, with the flow’s variables', () => {
  const whole = { ...flow, variables: [{ name: 'model', type: 'text', value: 'demo' }] }
  const result = paste(JSON.stringify(whole), flowOf({}))
  if (result.status === 'refused') throw new Error(result.reason)
  expect(result.nodeIds).toEqual(['start', 'chat', 'yield'])
  expect(result.flow.variables).toEqual([{ name: 'model', type: 'text', value: 'demo' }])
})

it('says why a text cannot be pasted', () => {
  expect(paste('hello')).toEqual({
    status: 'refused',
    reason: 'The clipboard holds no flow. Copy nodes, or the JSON of a flow.',
  })
  expect(paste('{"format":"millrace/flow","version":99}')).toMatchObject({ status: 'refused' })
  expect(paste(JSON.stringify(flowOf({})))).toMatchObject({
    status: 'refused',
    reason: 'The copied flow has no nodes.',
  })
})
