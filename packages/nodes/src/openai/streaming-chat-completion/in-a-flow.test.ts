import { describe, expect, it } from 'vitest'
import { answerEvents, chunkEvent } from '../../testing/chunks.ts'
import { runNodes, yieldsOf } from '../../testing/run-nodes.server.ts'
import { startProvider, streams } from '../../testing/scripted-provider.server.ts'

const nodes = [
  { id: 'trigger', type: 'chat.trigger' },
  {
    id: 'chat',
    type: 'openai.streamingChatCompletion',
    properties: {
      connection: 'test',
      modelId: 'gpt-4o-mini',
      userPrompt: { $ref: 'chatCompletionRequest.prompt' },
      history: { $ref: 'chatCompletionRequest.history' },
    },
  },
  { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message' } } },
  { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.historyJson' } } },
]
const edges = ['trigger.next > chat', 'chat.forEachMessage > yield', 'chat.continue > end']

describe('openai.streamingChatCompletion in a flow', () => {
  it('yields each message to the client, and continues with the whole answer', async () => {
    await using provider = await startProvider(streams(...answerEvents('Hel', 'lo')))
    const history = [{ role: 'user', content: 'before' }]
    const events = await runNodes({
      nodes,
      edges,
      url: provider.url,
      input: { prompt: 'Hi', history },
    })
    expect(yieldsOf(events)).toEqual([
      { content: 'Hel', index: 0 },
      { content: 'lo', index: 1 },
    ])
    expect(events.at(-1)).toMatchObject({
      type: 'run-end',
      outcome: 'completed',
      usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 },
      result: JSON.stringify([
        ...history,
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
      ]),
    })
    const deltas = events.flatMap((event) => (event.type === 'node-delta' ? [event.delta] : []))
    expect(deltas.join('')).toBe('Hello')
  })

  it('fails the run when the stream is cut, and keeps what was yielded', async () => {
    await using provider = await startProvider(streams(chunkEvent({ content: 'a' })))
    const events = await runNodes({ nodes, edges, url: provider.url, input: { prompt: 'Hi' } })
    expect(yieldsOf(events)).toEqual([{ content: 'a', index: 0 }])
    expect(events.at(-1)).toMatchObject({
      outcome: 'failed',
      error: { code: 'upstream_truncated', nodeId: 'chat', details: { partial: 'a' } },
    })
  })

  it('still reads the whole stream when nothing is connected to it', async () => {
    await using provider = await startProvider(streams(...answerEvents('Hel', 'lo')))
    const events = await runNodes({
      nodes: nodes.filter(({ id }) => id !== 'yield'),
      edges: ['trigger.next > chat', 'chat.continue > end'],
      url: provider.url,
      input: { prompt: 'Hi' },
    })
    expect(events.at(-1)).toMatchObject({
      outcome: 'completed',
      result: expect.stringContaining('Hello'),
    })
  })
})
