import { defineNode, property } from '@millrace/flow'
import {
  chatAttachments,
  chatOutputs,
  chatProperties,
  resultVariable,
} from '../chat/chat-properties.ts'

/** Streams a chat model's answer, running its sub-block for each message. */
export const streamingChatCompletion = defineNode({
  type: 'openai.streamingChatCompletion',
  version: 1,
  kind: 'action',
  title: 'Streaming chat completion',
  system: 'OpenAI',
  category: 'model',
  icon: 'openai',
  description:
    'Streams the answer of a chat model, one message at a time. Take it to build the backend of a chat client.',
  tags: ['AI', 'chat', 'LLM', 'model', 'GPT', 'completion', 'stream', 'answer'],
  exec: {
    in: true,
    out: {
      forEachMessage: {
        label: 'For each message',
        block: { message: { nameFrom: 'streamVariable', type: 'message' } },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  attachments: chatAttachments,
  properties: {
    ...chatProperties,
    streamVariable: property.variableName({
      label: 'Stream variable name',
      help: 'The variable that holds one message, inside "For each message": its content and its index from 0.',
      default: 'message',
    }),
    resultVariable,
  },
  outputs: chatOutputs,
  streams: true,
})
