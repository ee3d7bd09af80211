import { defineNode, property } from '@millrace/flow'

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
  attachments: {
    historyReducer: { label: 'History reducer', accepts: 'historyReducer', max: 1 },
  },
  properties: {
    connection: property.connection({
      label: 'Connection',
      help: 'Where the model is: OpenAI, or any server that speaks its protocol.',
      required: true,
      kinds: ['openai', 'demo'],
    }),
    modelId: property.model({
      label: 'Model id',
      help: 'The id of the model that answers.',
      required: true,
      connection: 'connection',
      purpose: 'chat',
      port: 1,
    }),
    systemPrompt: property.longText({
      label: 'System prompt',
      help: 'An instruction to the model that sets how it behaves and in which style it answers.',
      port: 3,
    }),
    userPrompt: property.longText({
      label: 'User prompt',
      help: 'What the user says, and the model answers.',
      required: true,
      port: 2,
    }),
    history: property.text({
      label: 'History',
      help: 'The conversation so far, so that the model can follow it: JSON text or a list of messages, each with role and content. Empty means that there is none.',
      type: 'any',
      placeholder: 'Select or enter the history',
      port: 4,
    }),
    context: property.reference({
      label: 'Context',
      help: 'Further information for the answer: text, or the result of a vector search.',
      placeholder: 'Select the context',
      port: 5,
    }),
    promptTemplate: property.template({
      label: 'Prompt template',
      help: 'The form of the prompt that the model gets. @@context stands for the context, @@userPrompt for the user prompt. Empty: the user prompt alone, below the context if there is one.',
      placeholders: { context: 'The value of Context', userPrompt: 'The value of User prompt' },
      expects: 'userPrompt',
      placeholder: 'Enter the prompt template',
    }),
    temperature: property.number({
      label: 'Temperature',
      help: 'How much chance has a say, from 0 to 2: lower is more focused, higher more creative. Empty: 0.7, or none for models that refuse it.',
      minimum: 0,
      maximum: 2,
      default: 0.7,
      port: 6,
    }),
    maxCompletionTokens: property.number({
      label: 'Max completion tokens',
      help: "The most tokens that the answer may have. Empty: the model's own limit.",
      minimum: 1,
      integer: true,
      placeholder: "The model's limit",
      port: 7,
    }),
    streamVariable: property.variableName({
      label: 'Stream variable name',
      help: 'The variable that holds one message, inside "For each message": its content and its index from 0.',
      default: 'message',
    }),
    resultVariable: property.variableName({
      label: 'Result variable name',
      help: 'The variable that holds the whole answer after the stream: content, usage, history and more. Empty: no variable.',
      default: 'response',
    }),
  },
  outputs: { response: { nameFrom: 'resultVariable', type: 'chatResponse' } },
  streams: true,
})
