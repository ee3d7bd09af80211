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

describe('openai.chatCompletion in a flow', () => {
  it('goes on with the whole answer', async () => {
    await using provider = await startProvider(answers(wholeAnswer('Hello')))
    const events = await runNodes({
      nodes,
      edges: ['trigger.next > chat', 'chat.next > end'],
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
})
