import { emptyFlow, type Flow } from '@millrace/flow'

/** The smallest chat back end, on the model that needs no key: what fresh servers and *New flow* offer. */
export function streamingChatExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Answers a chat message and streams the answer. It runs on the demo model, which needs no key; choose another connection to talk to a real one.',
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: {
          outputVariable: 'chatCompletionRequest',
          testData: { sessionId: `test-${id}`, prompt: 'What does a mill race do?', context: '' },
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
    layout: { nodes: { trigger: [80, 120], chat: [384, 120], yield: [688, 120] } },
  }
}
