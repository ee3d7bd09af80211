import { expect, it } from 'vitest'
import { answerEvents } from '../../testing/chunks.ts'
import { runNodes } from '../../testing/run-nodes.server.ts'
import { startProvider, streams } from '../../testing/scripted-provider.server.ts'

const history = [
  { role: 'user', content: 'a' },
  { role: 'assistant', content: 'b' },
  { role: 'user', content: 'c' },
  { role: 'assistant', content: 'd' },
]

function chatFlow(url: string, targetCount: unknown) {
  return runNodes({
    url,
    input: { sessionId: 's', prompt: 'Hi', history },
    nodes: [
      { id: 'trigger', type: 'chat.trigger', properties: { outputVariable: 'request' } },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection: 'test',
          modelId: 'm',
          userPrompt: { $ref: 'request.prompt' },
          history: { $ref: 'request.history' },
          streamVariable: 'message',
          resultVariable: 'response',
        },
      },
      {
        id: 'reducer',
        type: 'chat.historyTruncationReducer',
        properties: { targetCount: targetCount as never }, // also what is no number
      },
    ],
    edges: ['trigger.next > chat'],
    attachments: ['chat.historyReducer ~ reducer'],
  })
}

it('sends only the latest messages of the history', async () => {
  await using provider = await startProvider(streams(...answerEvents('x')))
  const events = await chatFlow(provider.url, 2)
  expect(provider.requests[0]?.body['messages']).toEqual([
    ...history.slice(2),
    { role: 'user', content: 'Hi' },
  ])
  expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'completed' })
})

it('fails its host with the name of the property when a count cannot be used', async () => {
  await using provider = await startProvider(streams(...answerEvents('x')))
  const events = await chatFlow(provider.url, { $expr: 'request.prompt.size() - 2' })
  expect(provider.requests).toEqual([])
  expect(events.at(-1)).toMatchObject({
    type: 'run-end',
    outcome: 'failed',
    error: { nodeId: 'reducer', property: 'targetCount' },
  })
})
