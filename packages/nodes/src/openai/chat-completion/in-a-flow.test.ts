import { describe, expect, it } from 'vitest'
import { wholeAnswer } from '../../testing/chunks.ts'
import { runNodes } from '../../testing/run-nodes.server.ts'
import { answers, startProvider } from '../../testing/scripted-provider.server.ts'

const nodes = [
  { id: 'trigger', type: 'chat.trigger' },
  {
    id: 'chat',
    type: 'openai.chatCompletion',
    properties: {
      connection: 'test',
      modelId: 'gpt-4o-mini',
      userPrompt: { $ref: 'chatCompletionRequest.prompt' },
      history: { $ref: 'chatCompletionRequest.history' },
    },
  },
  { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.content' } } },
]
const edges = ['trigger.next > chat', 'chat.next > end']

describe('openai.chatCompletion in a flow', () => {
  it('goes on with the whole answer', async () => {
    await using provider = await startProvider(answers(wholeAnswer('Hello')))
    const events = await runNodes({
      nodes,
      edges,
      url: provider.url,
      input: { prompt: 'Hi' },
    })
    expect(events.at(-1)).toMatchObject({
      type: 'run-end',
      outcome: 'completed',
      result: 'Hello',
      usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 },
    })
  })

  it('[S17] asks with what a History reducer leaves, and answers with it', async () => {
    await using provider = await startProvider(answers(wholeAnswer('Hello')))
    const history = ['a', 'b', 'c'].map((content) => ({ role: 'user', content }))
    const events = await runNodes({
      nodes: [
        ...nodes.filter(({ id }) => id !== 'end'),
        { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.history' } } },
        { id: 'last', type: 'chat.historyTruncationReducer', properties: { targetCount: 1 } },
      ],
      edges,
      attachments: ['chat.historyReducer ~ last'],
      url: provider.url,
      input: { prompt: 'Hi', history },
    })
    const asked = [
      { role: 'user', content: 'c' },
      { role: 'user', content: 'Hi' },
    ]
    expect(provider.requests[0]?.body['messages']).toEqual(asked)
    expect(events.at(-1)).toMatchObject({
      outcome: 'completed',
      result: [...asked, { role: 'assistant', content: 'Hello' }],
    })
  })

  it('[S6] asks nothing when it is disabled, and its response is empty', async () => {
    await using provider = await startProvider(answers(wholeAnswer('Hello')))
    const events = await runNodes({
      nodes: [
        ...nodes.map((node) => ({ ...node, disabled: node.id === 'chat' })).slice(0, 2),
        { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response' } } },
      ],
      edges,
      url: provider.url,
      input: { prompt: 'Hi' },
    })
    expect(provider.requests).toEqual([])
    expect(events.at(-1)).toMatchObject({
      outcome: 'completed',
      result: { content: '', usage: null, history: [] },
    })
  })
})
