import { property } from '@millrace/flow'

/** What a node says about the model that it asks, in the order of the panel. */
export const chatProperties = {
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
}

/** The last property of a node that asks a model. */
export const resultVariable = property.variableName({
  label: 'Result variable name',
  help: 'The variable that holds the whole answer: content, usage, history and more. Empty: no variable.',
  default: 'response',
})

/** What `resultVariable` names. */
export const chatOutputs = {
  response: { nameFrom: 'resultVariable', type: 'chatResponse' },
} as const

/** What may be attached to a node that asks a model. */
export const chatAttachments = {
  historyReducer: { label: 'History reducer', accepts: 'historyReducer', max: 1 },
} as const
