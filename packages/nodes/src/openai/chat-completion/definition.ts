import { defineNode } from '@millrace/flow'
import {
  chatAttachments,
  chatOutputs,
  chatProperties,
  resultVariable,
} from '../chat/chat-properties.ts'

/** Asks a chat model and waits for the whole answer. */
export const chatCompletion = defineNode({
  type: 'openai.chatCompletion',
  version: 1,
  kind: 'action',
  title: 'Chat completion',
  system: 'OpenAI',
  category: 'model',
  icon: 'openai',
  description:
    'Asks a chat model and goes on with its whole answer. Take it to rephrase, classify or summarise.',
  tags: ['AI', 'chat', 'LLM', 'model', 'GPT', 'completion', 'answer', 'whole'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  attachments: chatAttachments,
  properties: { ...chatProperties, resultVariable },
  outputs: chatOutputs,
})
