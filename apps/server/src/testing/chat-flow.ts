import type { Flow, JsonObject } from '@millrace/flow'

/** Chat trigger → streaming chat completion → for each message: yield its text. */
export function chatFlow(id: string, changes: Partial<Flow> & { chat?: JsonObject } = {}): Flow {
  const { chat, ...flow } = changes
  return {
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection: 'model',
          modelId: 'fake-1',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
          ...chat,
        },
      },
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'chat' },
      { from: ['chat', 'forEachMessage'], to: 'yield' },
    ],
    ...flow,
  }
}

/** Chat trigger → return the prompt; yields nothing. */
export function echoFlow(id: string): Flow {
  return {
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'return',
        type: 'flow.return',
        properties: { value: { $ref: 'chatCompletionRequest.prompt' } },
      },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'return' }],
  }
}
