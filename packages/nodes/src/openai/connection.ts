import { defineConnection } from '@millrace/flow'

/** The address that an `openai` connection has when it names none. */
export const openAiBaseUrl = 'https://api.openai.com/v1'

/** OpenAI, or any server that speaks its protocol. */
export const openAiConnection = defineConnection({
  kind: 'openai',
  title: 'OpenAI',
  icon: 'openai',
  description:
    'OpenAI, or any server that speaks its protocol: Azure OpenAI, Ollama, vLLM, LM Studio, LiteLLM and others.',
  fields: {
    baseUrl: {
      kind: 'text',
      label: 'Base URL',
      help: 'The address of the server, up to and including its version.',
      default: openAiBaseUrl,
      address: true,
      url: true,
      examples: [
        {
          name: 'OpenAI',
          value: openAiBaseUrl,
          hint: 'The vendor itself. API key is one from platform.openai.com.',
        },
        {
          name: 'Azure OpenAI',
          value: 'https://<resource>.openai.azure.com/openai/v1/',
          hint: 'Put the name of your resource in place of <resource>. API key is one of the two keys of the resource; Model id in a node is the name of your deployment.',
        },
        {
          name: 'Ollama',
          value: 'http://localhost:11434/v1',
          hint: 'Models on the machine of the Millrace server. It asks for no API key: leave it empty.',
        },
        {
          name: 'LM Studio',
          value: 'http://localhost:1234/v1',
          hint: 'Start its server in the Developer tab. It asks for no API key: leave it empty.',
        },
        {
          name: 'vLLM',
          value: 'http://localhost:8000/v1',
          hint: 'API key is what vLLM was started with as --api-key; leave it empty if there was none.',
        },
        {
          name: 'LiteLLM',
          value: 'http://localhost:4000/v1',
          hint: 'A gateway to many vendors. API key is its master key, or a virtual key that it gave out.',
        },
        {
          name: 'OpenRouter',
          value: 'https://openrouter.ai/api/v1',
          hint: 'Models of many vendors under one key. Their ids begin with the vendor, such as openai/gpt-5-mini.',
        },
        {
          name: 'Mistral',
          value: 'https://api.mistral.ai/v1',
          hint: 'API key is one from console.mistral.ai.',
        },
      ],
    },
    apiKey: {
      kind: 'text',
      label: 'API key',
      help: 'Stored encrypted and never shown again. Leave it empty for a server that asks for none.',
      secret: true,
      placeholder: 'sk-…',
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
      help: 'Sent with every request, for gateways that want more. The lock keeps a value secret, like the API key.',
    },
  },
  lookups: ['models'],
  http: true,
})
