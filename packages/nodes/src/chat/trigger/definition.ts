import { defineNode, property } from '@millrace/flow'

/** Starts a flow with what a chat client sends. */
export const chatTrigger = defineNode({
  type: 'chat.trigger',
  version: 1,
  kind: 'trigger',
  title: 'Chat completion trigger',
  system: 'Chat',
  category: 'trigger',
  icon: 'message-square',
  description:
    'Starts the flow when a chat client sends a message. The flow keeps nothing between messages: the client owns the session id.',
  tags: ['chat', 'start', 'request', 'prompt'],
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    testData: property.json({
      label: 'Test data',
      help: 'What a run in the designer starts with: a JSON object with sessionId, prompt and context. Clients never see it.',
      placeholder: '{ "sessionId": "test", "prompt": "Hello", "context": "" }',
    }),
    outputVariable: property.variableName({
      label: 'Output variable name',
      help: 'The variable that holds the request: its prompt, session id, context, history and user.',
      required: true,
      default: 'chatCompletionRequest',
    }),
  },
  outputs: { request: { nameFrom: 'outputVariable', type: 'chatRequest' } },
})
