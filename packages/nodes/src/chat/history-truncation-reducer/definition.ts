import { defineNode, property } from '@millrace/flow'

/** Keeps the latest messages of a conversation, so that it fits into a model's context. */
export const historyTruncationReducer = defineNode({
  type: 'chat.historyTruncationReducer',
  version: 1,
  kind: 'resource',
  title: 'Chat history truncation reducer',
  system: 'Chat',
  category: 'attachment',
  icon: 'scissors',
  description:
    'Keeps the latest messages of a history and leaves out the older ones. Attach it to a chat completion whose conversations grow long.',
  tags: ['history', 'shorten', 'memory', 'context', 'trim', 'limit'],
  provides: 'historyReducer',
  properties: {
    targetCount: property.number({
      label: 'Target count',
      help: 'How many messages of the history are kept, the latest ones. The system prompt does not count.',
      required: true,
      minimum: 1,
      integer: true,
      port: 1,
    }),
    thresholdCount: property.number({
      label: 'Threshold count',
      help: 'How many messages beyond the target a history may have before it is shortened. Empty: 0.',
      minimum: 0,
      integer: true,
      default: 0,
      port: 2,
    }),
  },
})
