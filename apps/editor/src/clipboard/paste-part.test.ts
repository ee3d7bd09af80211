import type { Flow, Note } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { flowOf } from '../canvas/testing/fixtures.ts'
import { registry } from '../registry.ts'
import { copyPart, writePart, type CopiedPart } from './copied-part.ts'
import { asksBeforehand, pasteFacts } from './paste-facts.ts'
import { pastePart, type PasteOptions } from './paste-part.ts'
import { readClipboard } from './read-clipboard.ts'

const note: Note = { id: 'note', text: 'Ask first', position: [336, -160] }

const flow = flowOf(
  {
    trigger: { type: 'chat.trigger', properties: { outputVariable: 'request' } },
    ask: {
      type: 'openai.streamingChatCompletion',
      properties: {
        connection: 'main',
        modelId: { $ref: 'model' },
        userPrompt: { $ref: 'request.prompt' },
        streamVariable: 'message',
        resultVariable: 'response',
      },
    },
    send: {
      type: 'flow.yieldReturn',
      properties: { value: { $text: ['>', { $ref: 'message.content' }] } },
    },
    count: { type: 'flow.setVariable', properties: { variable: 'total', value: 1 } },
    reducer: { type: 'chat.historyTruncationReducer', properties: { targetCount: 3 } },
  },
  ['trigger.next -> ask', 'ask.forEachMessage -> send', 'ask.continue -> count'],
  {
    variables: [
      { name: 'model', type: 'text', value: 'demo' },
      { name: 'total', type: 'number', value: 0 },
      { name: 'unused', type: 'text' },
    ],
    attachments: [{ host: ['ask', 'historyReducer'], resource: 'reducer' }],
    layout: {
      nodes: { trigger: [0, 0], ask: [336, 40], send: [672, 0], count: [672, 200] },
      notes: [note],
    },
  },
)

function copied(nodeIds: readonly string[], noteIds: readonly string[] = [], from = flow): string {
  const ids = { nodeIds: new Set(nodeIds), noteIds: new Set(noteIds) }
  return writePart(copyPart(from, registry, ids))
}

function read(text: string): CopiedPart {
  const content = readClipboard(text)
  if (content.status !== 'part') throw new Error(JSON.stringify(content))
  return content.part
}

function paste(text: string, target: Flow = flow, edges: PasteOptions['edges'] = 'inner') {
  const place: PasteOptions['place'] = ([x, y]) => [x + 32, y + 32]
  return pastePart(target, registry, read(text), { place, edges })
}

describe('copying', () => {
  it('takes the nodes and notes, what is among them, and the flow variables that they use', () => {
    const value: unknown = JSON.parse(copied(['ask', 'send'], ['note']))
    expect(value).toMatchObject({
      kind: 'millrace/nodes',
      version: 1,
      from: { id: 'test' },
      nodes: [{ id: 'ask' }, { id: 'send' }],
      edges: [{ from: ['ask', 'forEachMessage'], to: 'send' }],
      notes: [note],
      positions: { ask: [336, 40], send: [672, 0] },
      variables: [{ name: 'model', type: 'text', value: 'demo' }],
      incoming: { edges: [{ from: ['trigger', 'next'], to: 'ask' }] },
    })
  })

  it('takes a flow variable that a node only assigns', () => {
    expect(read(copied(['count'])).flow.variables?.map(({ name }) => name)).toEqual(['total'])
  })
})

describe('pasting', () => {
  it('gives free ids and free names, and what refers to them follows', () => {
    const pasted = paste(copied(['ask', 'send'], ['note']))
    expect([pasted.nodeIds, pasted.noteIds]).toEqual([['ask2', 'send2'], ['note2']])
    const [ask, send] = pasted.flow.nodes.slice(5)
    expect(ask?.properties).toMatchObject({
      connection: 'main',
      userPrompt: { $ref: 'request.prompt' },
      streamVariable: 'message2',
      resultVariable: 'response2',
    })
    expect(send?.properties).toEqual({ value: { $text: ['>', { $ref: 'message2.content' }] } })
    expect(pasted.flow.edges.at(-1)).toEqual({ from: ['ask2', 'forEachMessage'], to: 'send2' })
    expect(pasted.flow.layout?.nodes).toMatchObject({ ask2: [368, 72], send2: [704, 32] })
    expect(pasted.flow.layout?.notes?.at(-1)).toMatchObject({ id: 'note2', position: [368, -128] })
  })

  it('leaves what was there as it is, and adds no variable that is there', () => {
    const pasted = paste(copied(['ask', 'count']))
    expect(pasted.flow.nodes.slice(0, 5)).toEqual(flow.nodes)
    expect([pasted.variables, pasted.flow.variables]).toEqual([[], flow.variables])
  })

  it('brings flow variables to a flow that lacks them', () => {
    const pasted = paste(copied(['ask', 'count']), flowOf({}))
    expect(pasted.variables).toEqual(['model', 'total'])
    expect(pasted.flow.variables?.map(({ name }) => name)).toEqual(['model', 'total'])
  })

  it('renames a flow variable whose name means something else here', () => {
    const target = flowOf({}, [], { variables: [{ name: 'total', type: 'text' }] })
    const pasted = paste(copied(['count']), target)
    expect(pasted.variables).toEqual(['total2'])
    expect(pasted.flow.nodes[0]?.properties).toEqual({ variable: 'total2', value: 1 })
  })

  it('leads to the copies what led to the nodes, where that is wanted', () => {
    const pasted = paste(copied(['ask']), flow, 'incoming')
    expect(pasted.flow.edges).toEqual(
      expect.arrayContaining([
        { from: ['trigger', 'next'], to: 'ask2' },
        { from: ['ask2', 'continue'], to: 'ask' },
      ]),
    )
    expect(pasted.flow.attachments?.at(-1)).toEqual({
      host: ['ask2', 'historyReducer'],
      resource: 'reducer',
    })
    const elsewhere = paste(copied(['ask']), { ...flow, id: 'other' }, 'incoming')
    expect(elsewhere.flow.edges).toHaveLength(flow.edges.length)
  })

  it('puts a whole flow into an empty one as it is', () => {
    const pasted = paste(JSON.stringify(flow), flowOf({}))
    expect(pasted.nodeIds).toEqual(['trigger', 'ask', 'send', 'count', 'reducer'])
    expect(pasted.flow.variables).toEqual(flow.variables)
  })
})

describe('the clipboard', () => {
  it('holds the one flow of a list in which its tests come with it', () => {
    const tests = { format: 'millrace/flow-test', version: 1, flow: flow.id, tests: [] }
    expect(read(JSON.stringify([flow, tests])).flow.nodes).toEqual(flow.nodes)
  })

  it('holds plain text where it holds no JSON of ours', () => {
    expect(readClipboard('hello')).toEqual({ status: 'text' })
    expect(readClipboard('[1, 2]')).toEqual({ status: 'text' })
  })

  it.each([
    ['{"kind":"millrace/nodes","version":2}', 'These nodes were copied in a newer Millrace.'],
    ['{"format":"millrace/flow","version":99}', 'This flow is written in version 99'],
    [JSON.stringify(flowOf({})), 'The copied flow is empty.'],
    ['{"kind":"millrace/nodes","version":1,"nodes":[{}]}', 'This JSON is no flow:'],
    [
      '{"nodes":[{"typeVersion":1}],"connections":{}}',
      'This is a flow of n8n, which Millrace cannot read.',
    ],
    ['[{"id":"1","wires":[]}]', 'This is a flow of Node-RED, which Millrace cannot read.'],
    ['app:\n  name: x\nworkflow:\n  y: 1', 'This is a flow of Dify, which Millrace cannot read.'],
    [JSON.stringify([flow, flow]), 'These are 2 flows; import them on the Flows page.'],
    ['{"format":"millrace/flow",}', 'This flow is not sound JSON.'],
  ])('says why %s cannot be pasted', (text, reason) => {
    const content = readClipboard(text)
    expect(content.status === 'refused' && content.reason).toContain(reason)
  })
})

describe('the summary before pasting', () => {
  const here = { registry, connections: [], flowIds: new Set<string>() }
  const factsOf = (text: string, target = flowOf({})) => pasteFacts(read(text), target, here)

  it('tells what comes and what is missing', () => {
    const strange = { ...flow, nodes: [...flow.nodes, { id: 'dice', type: 'dice.roll' }] }
    const facts = factsOf(copied(['ask', 'count', 'dice'], ['note'], strange))
    expect(facts).toMatchObject({
      nodeCount: 3,
      noteCount: 1,
      variables: ['model', 'total'],
      secondTrigger: undefined,
      unknownTypes: ['dice.roll'],
    })
    expect(facts.missingConnections.map(({ id }) => id)).toEqual(['main'])
  })

  it('tells of a second start', () => {
    expect(factsOf(JSON.stringify(flow), flow).secondTrigger).toBe('Chat completion trigger')
  })

  it('is shown for a whole flow and where something is missing, and not else', () => {
    const asks = (text: string) => asksBeforehand(read(text), factsOf(text))
    expect(asks(JSON.stringify(flow))).toBe(true)
    expect(asks(copied(['ask']))).toBe(true)
    expect(asks(copied(['send', 'count']))).toBe(false)
  })
})
