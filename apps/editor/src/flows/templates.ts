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

/** Trigger, streaming completion on the demo connection, and each message sent on. */
export function streamingChat(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: { outputVariable: 'chatCompletionRequest' },
      },
      {
        id: 'completion',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection: 'demo',
          modelId: 'demo',
          systemPrompt: 'You are a helpful assistant. Answer briefly and clearly.',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
          history: { $ref: 'chatCompletionRequest.history' },
          streamVariable: 'message',
          resultVariable: 'response',
        },
      },
      { id: 'send', type: 'flow.yieldReturn', properties: { value: { $ref: 'message' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'completion' },
      { from: ['completion', 'forEachMessage'], to: 'send' },
    ],
    layout: { nodes: { trigger: [0, 0], completion: [352, 0], send: [704, 0] } },
  }
}
