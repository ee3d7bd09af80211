import { checkFlow, dataPortsOf, type FlowNode, type RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { registry } from '../../registry.ts'
import { runNodes, yieldsOf } from '../../testing/run-nodes.server.ts'
import { textSplitter } from '../splitter/definition.ts'
import { splitText } from './definition.ts'

const paragraphs = 'First paragraph.\n\nSecond paragraph.\n\nThird paragraph.'

interface Setup {
  readonly properties: FlowNode['properties']
  /** Further nodes of the block, after the yield of the piece. */
  readonly block?: readonly FlowNode[]
  readonly edges?: readonly string[]
}

/** Splits the text that a client sent, yields each piece, and returns "done". */
function split(prompt: string, { properties, block = [], edges = [] }: Setup) {
  return runNodes({
    input: { sessionId: 's', prompt },
    nodes: [
      { id: 'trigger', type: 'chat.trigger', properties: { outputVariable: 'request' } },
      {
        id: 'split',
        type: 'text.split',
        title: 'Split',
        properties: {
          inputText: { $ref: 'request.prompt' },
          textChunkVariable: 'textChunk',
          ...properties,
        },
      },
      { id: 'piece', type: 'flow.yieldReturn', properties: { value: { $ref: 'textChunk' } } },
      ...block,
      { id: 'done', type: 'flow.return', properties: { value: 'done' } },
    ],
    edges: [
      'trigger.next > split',
      'split.forEachChunk > piece',
      'split.continue > done',
      ...edges,
    ],
  })
}

function endOf(events: readonly RunEvent[]) {
  return events.at(-1)
}

describe('Split text', () => {
  it('runs its block for each piece, in their order, and goes on', async () => {
    const events = await split(paragraphs, { properties: { chunkSize: 20 } })
    expect(yieldsOf(events)).toEqual(['First paragraph.', 'Second paragraph.', 'Third paragraph.'])
    expect(endOf(events)).toMatchObject({ outcome: 'completed', result: 'done' })
  })

  it('cuts into pieces of 1,000 characters when nothing is said', async () => {
    const events = await split('word '.repeat(500), { properties: {} })
    expect(yieldsOf(events).map((piece) => String(piece).length)).toEqual([999, 999, 499])
  })

  it('counts by tokens, and repeats some of them', async () => {
    const properties = { splitterType: 'tokens', maxTokens: 16, chunkOverlap: 4 }
    const events = await split('one two three four five six seven eight nine ten '.repeat(4), {
      properties,
    })
    const pieces = yieldsOf(events).map((piece) => String(piece).split(' '))
    expect(pieces[0]).toHaveLength(16)
    expect(pieces[1]?.slice(0, 4)).toEqual(pieces[0]?.slice(-4))
  })

  it('cuts Markdown into its sections', async () => {
    const properties = { splitterType: 'markdownHeaders', headersToSplitOn: '#' }
    const events = await split('# A\nabout A\n# B\nabout B', { properties })
    expect(yieldsOf(events)).toEqual(['# A\nabout A', '# B\nabout B'])
  })

  it('runs its block never for a text without words', async () => {
    const events = await split(' \n ', { properties: {} })
    expect(yieldsOf(events)).toEqual([])
    expect(endOf(events)).toMatchObject({ outcome: 'completed', result: 'done' })
  })

  it('ends with the run when the block returns', async () => {
    const events = await split(paragraphs, {
      properties: { chunkSize: 20 },
      block: [{ id: 'early', type: 'flow.return', properties: { value: 'early' } }],
      edges: ['piece.next > early'],
    })
    expect(yieldsOf(events)).toEqual(['First paragraph.'])
    expect(endOf(events)).toMatchObject({ outcome: 'completed', result: 'early' })
  })

  it.each<[FlowNode['properties'], string, string]>([
    [
      { chunkSize: 100, chunkOverlap: 51 },
      'chunkOverlap',
      '"Chunk overlap" of "Split" must be at most half of "Chunk size", which is 50.',
    ],
    [
      { splitterType: 'tokens', maxTokens: 100, chunkOverlap: 60 },
      'chunkOverlap',
      '"Chunk overlap" of "Split" must be at most half of "Max tokens", which is 50.',
    ],
    [
      { splitterType: 'markdownHeaders', headersToSplitOn: 'h1, h2' },
      'headersToSplitOn',
      '"Headers to split on" of "Split" is a list of marks from # to ######, with commas between them.',
    ],
    [
      { inputText: { $ref: 'request.history[0].content' } },
      'inputText',
      '"Input text" of "Split" is empty.',
    ],
  ])('fails with %j at the property', async (properties, property, message) => {
    expect(endOf(await split(paragraphs, { properties }))).toMatchObject({
      outcome: 'failed',
      error: { code: 'input_invalid', nodeId: 'split', property, message },
    })
  })

  it('has what Text splitter has, an input and the name of a variable', () => {
    expect(Object.keys(splitText.properties)).toEqual([
      'inputText',
      ...Object.keys(textSplitter.properties),
      'textChunkVariable',
    ])
    expect(dataPortsOf(splitText, {}).map(({ key }) => key)).toEqual([
      'inputText',
      'chunkSize',
      'maxTokens',
      'chunkOverlap',
    ])
  })

  it('shows a piece inside its block only', () => {
    const flow = {
      format: 'millrace/flow' as const,
      version: 1 as const,
      id: 'test',
      name: 'Test',
      nodes: [
        {
          id: 'split',
          type: 'text.split',
          properties: { inputText: 'a', textChunkVariable: 'piece' },
        },
        { id: 'in', type: 'flow.yieldReturn', properties: { value: { $ref: 'piece' } } },
        { id: 'after', type: 'flow.yieldReturn', properties: { value: { $ref: 'piece' } } },
      ],
      edges: [
        { from: ['split', 'forEachChunk'] as [string, string], to: 'in' },
        { from: ['split', 'continue'] as [string, string], to: 'after' },
      ],
    }
    expect(checkFlow(flow, registry).map(({ code, nodeId }) => [code, nodeId])).toEqual([
      [expect.stringMatching(/variable|reference/), 'after'],
    ])
  })
})
