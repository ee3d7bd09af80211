import { serializeFlow, type Flow } from '@millrace/flow'
import type { FlowStore } from './flow-store.ts'

/** The flow that a fresh server has: it streams at once, with no key. */
const exampleChat: Flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'example-chat',
  name: 'Example: streaming chat',
  description:
    'Answers a chat message and streams the answer. It runs on the demo model, which needs no key; choose another connection to talk to a real one.',
  nodes: [
    {
      id: 'trigger',
      type: 'chat.trigger',
      properties: {
        outputVariable: 'chatCompletionRequest',
        testData: { sessionId: 'test', prompt: 'What does a mill race do?', context: '' },
      },
    },
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      properties: {
        connection: 'demo',
        modelId: 'demo',
        systemPrompt:
          'You are a friendly assistant. A mill race is the channel that leads water to a mill wheel: it turns a stream into steady work.',
        userPrompt: { $ref: 'chatCompletionRequest.prompt' },
        history: { $ref: 'chatCompletionRequest.history' },
        streamVariable: 'message',
        resultVariable: 'response',
      },
    },
    { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'chat' },
    { from: ['chat', 'forEachMessage'], to: 'yield' },
  ],
  layout: { nodes: { trigger: [80, 120], chat: [420, 120], yield: [760, 120] } },
}

/** Puts the example into a store that never held a flow; a deleted example stays deleted. */
export async function seedExample(store: FlowStore): Promise<void> {
  if (await store.isFresh()) await store.create(exampleChat.id, serializeFlow(exampleChat))
}
