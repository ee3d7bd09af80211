import { emptyFlow, type Flow } from '@millrace/flow'
import {
  chatRequest,
  embeddedHistory,
  getHistory,
  historyOfClientOrTable,
  saveHistory,
} from './chat-history.ts'

/** A chat for the simplest client: one whole answer, and a conversation that never grows too long. */
export function trimmedChatExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Answers a chat message at once, when all of the answer is there. It remembers each session, and gives the model the latest messages of a long one. It runs on the built-in connections, which need no key.',
    nodes: [
      {
        id: 'trigger',
        type: 'chat.trigger',
        properties: {
          outputVariable: chatRequest,
          testData: { sessionId: `test-${id}`, prompt: 'What does a mill race do?', context: '' },
        },
      },
      getHistory(embeddedHistory),
      {
        id: 'chat',
        type: 'openai.chatCompletion',
        properties: {
          connection: 'demo',
          modelId: 'demo',
          systemPrompt: 'You are a friendly assistant.',
          userPrompt: { $ref: `${chatRequest}.prompt` },
          history: historyOfClientOrTable,
          resultVariable: 'response',
        },
      },
      saveHistory(embeddedHistory),
      {
        id: 'answer',
        type: 'flow.return',
        title: 'Return answer',
        properties: { value: { $ref: 'response.content' } },
      },
      {
        id: 'reducer',
        type: 'chat.historyTruncationReducer',
        properties: { targetCount: 20, thresholdCount: 10 },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'getHistory' },
      { from: ['getHistory', 'next'], to: 'chat' },
      { from: ['chat', 'next'], to: 'saveHistory' },
      { from: ['saveHistory', 'next'], to: 'answer' },
    ],
    attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }],
    layout: {
      nodes: {
        trigger: [80, 120],
        getHistory: [384, 120],
        chat: [688, 120],
        reducer: [688, 480],
        saveHistory: [992, 120],
        answer: [992, 312],
      },
    },
  }
}
