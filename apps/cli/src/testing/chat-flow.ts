import type { Flow, JsonObject } from '@millrace/flow'

/** Asks a model with the prompt, by a connection, and yields the text of each message. */
export function chatFlow(connection: string, chat: JsonObject = {}): Flow {
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'chat',
    name: 'Chat',
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection,
          modelId: 'gpt-4o-mini',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
          ...chat,
        },
      },
      { id: 'say', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'say' },
    ],
  }
}
