import { emptyFlow, type Flow } from '@millrace/flow'

/** A flow to start from. */
export interface FlowTemplate {
  readonly id: 'streaming-chat' | 'empty'
  readonly title: string
  readonly description: string
  /** The name that a flow made of it has, until a designer gives another. */
  readonly name: string
  readonly create: (id: string, name: string) => Flow
}

/** The flows that New flow offers, in their order. */
export const templates: readonly FlowTemplate[] = [
  {
    id: 'streaming-chat',
    title: 'Streaming chat',
    description: 'Answers a chat message by message, on the demo connection. It runs as it is.',
    name: 'Streaming chat',
    create: streamingChat,
  },
  {
    id: 'empty',
    title: 'Empty flow',
    description: 'An empty canvas.',
    name: 'New flow',
    create: emptyFlow,
  },
]

/** What every fresh server has as `example-chat`: it streams at once, on the model that needs no key. */
export function streamingChat(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
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
    layout: { nodes: { trigger: [80, 120], chat: [424, 120], yield: [768, 120] } },
  }
}
