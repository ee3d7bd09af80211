import type { FlowNode } from '@millrace/flow'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerEvents, chunkEvent } from '../../testing/chunks.ts'
import { useFakeClock } from '../../testing/fake-clock.ts'
import { runNodes, yieldsOf } from '../../testing/run-nodes.server.ts'
import { holdsAfter, startProvider, streams } from '../../testing/scripted-provider.server.ts'

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

/** The same nodes, with the chat node changed. */
function withChat(change: (chat: FlowNode) => FlowNode): readonly FlowNode[] {
  return nodes.map((node) => (node.id === 'chat' ? change(node) : node))
}

afterEach(() => {
  vi.useRealTimers()
})

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

  it('[S9] reads nothing that a variable put into the template as a placeholder', async () => {
    await using provider = await startProvider(streams(...answerEvents('x')))
    const promptTemplate = {
      $text: ['<', { $ref: 'chatCompletionRequest.prompt' }, '> @@context|@@userPrompt'],
    }
    const events = await runNodes({
      nodes: withChat(({ properties, ...chat }) => ({
        ...chat,
        properties: {
          ...properties,
          context: { $ref: 'chatCompletionRequest.context' },
          promptTemplate,
        },
      })),
      edges,
      url: provider.url,
      input: { prompt: '@@context', context: 'secret' },
    })
    expect(provider.requests[0]?.body['messages']).toEqual([
      { role: 'user', content: '<@@context> secret|@@context' },
    ])
    // What is recorded is for people to read.
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'node-input',
        values: expect.objectContaining({
          promptTemplate: '<@@context> @@context|@@userPrompt',
        }),
      }),
    )
  })

  it('[S49] fails at its Connection property when that connection is gone by then', async () => {
    const events = await runNodes({
      nodes: withChat(({ properties, ...chat }) => ({
        ...chat,
        properties: { ...properties, connection: 'gone' },
      })),
      edges,
      input: { prompt: 'Hi' },
    })
    expect(events.at(-1)).toMatchObject({
      error: { code: 'connection_missing', nodeId: 'chat', property: 'connection' },
    })
  })

  it('[S38] fails the run when the stream is cut, and keeps what was yielded', async () => {
    await using provider = await startProvider(streams(chunkEvent({ content: 'a' })))
    const events = await runNodes({ nodes, edges, url: provider.url, input: { prompt: 'Hi' } })
    expect(yieldsOf(events)).toEqual([{ content: 'a', index: 0 }])
    expect(events.at(-1)).toMatchObject({
      outcome: 'failed',
      error: { code: 'upstream_truncated', nodeId: 'chat', details: { partial: 'a' } },
    })
  })

  it('[S25] still reads the whole stream when nothing is connected to it', async () => {
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

  it('[S4] fails at the property when a variable brings a value out of range, naming the limit', async () => {
    await using provider = await startProvider(streams())
    const events = await runNodes({
      nodes: withChat((chat) => ({
        ...chat,
        properties: {
          ...chat.properties,
          temperature: { $ref: 'chatCompletionRequest.options.temperature' },
        },
      })),
      edges,
      url: provider.url,
      input: { prompt: 'Hi', options: { temperature: 2.5 } },
    })
    expect(events.at(-1)).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'input_invalid',
        nodeId: 'chat',
        property: 'temperature',
        message: '"Temperature" of "Streaming chat completion" must be at most 2.',
      },
    })
    expect(provider.requests).toEqual([])
  })

  it('[S6] asks nothing when it is disabled: no message, and an empty response', async () => {
    await using provider = await startProvider(streams())
    const events = await runNodes({
      nodes: [
        ...withChat((chat) => ({ ...chat, disabled: true })).filter(({ id }) => id !== 'end'),
        { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response' } } },
      ],
      edges,
      url: provider.url,
      input: { prompt: 'Hi' },
    })
    expect(provider.requests).toEqual([])
    expect(yieldsOf(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({
      outcome: 'completed',
      result: {
        content: '',
        role: '',
        modelId: '',
        finishReason: null,
        usage: null,
        history: [],
        historyJson: '',
        refusal: null,
      },
    })
  })

  it('[S48] ends the call with the time limit of the run, and closes the socket', async () => {
    useFakeClock()
    await using provider = await startProvider(holdsAfter(chunkEvent({ content: 'a' })))
    const arrived = Promise.withResolvers<void>()
    const running = runNodes({
      nodes,
      edges,
      url: provider.url,
      input: { prompt: 'Hi' },
      timeoutSeconds: 30,
      onEvent: ({ type }) => {
        if (type === 'run-yield') arrived.resolve()
      },
    })
    await arrived.promise
    await vi.advanceTimersByTimeAsync(30_000)
    const events = await running
    await provider.requests[0]?.closed
    expect(yieldsOf(events)).toEqual([{ content: 'a', index: 0 }])
    expect(events.at(-1)).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } })
  })
})
