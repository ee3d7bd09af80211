import { defineConnection } from '@millrace/flow'

/** The address that an `openai` connection has when it names none. */
export const openAiBaseUrl = 'https://api.openai.com/v1'

/** OpenAI, or any server that speaks its protocol. */
export const openAiConnection = defineConnection({
  kind: 'openai',
  title: 'OpenAI',
  icon: 'openai',
  description:
    'OpenAI, or any server that speaks its protocol: Ollama, vLLM, LM Studio, LiteLLM and others.',
  fields: {
    apiKey: {
      kind: 'text',
      label: 'API key',
      help: 'Stored encrypted and never shown again. Leave it empty for a server that asks for none.',
      secret: true,
      placeholder: 'sk-…',
    },
    baseUrl: {
      kind: 'text',
      label: 'Base URL',
      help: 'The address of the server, up to and including its version, such as http://localhost:11434/v1.',
      default: openAiBaseUrl,
      address: true,
    },
    organization: {
      kind: 'text',
      label: 'Organization',
      help: 'The id of the organization that is billed, when your key belongs to several.',
      placeholder: 'org-…',
    },
    headers: {
      kind: 'headers',
      label: 'Headers',
      help: 'Sent with every request, for gateways that want more. They are not secret: keep keys in API key.',
    },
  },
  lookups: ['models'],
})
