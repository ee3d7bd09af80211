import { isRecord } from '@millrace/flow'

/** What tells a server, by the headers that it alone sends. */
const byHeader: readonly (readonly [header: string, name: string])[] = [
  ['x-litellm-version', 'LiteLLM'],
  ['x-groq-region', 'Groq'],
  ['azureml-model-session', 'Azure OpenAI'],
  ['openai-version', 'OpenAI'],
]

/** What tells a server, by whom its own models belong to. */
const byOwner: Readonly<Record<string, string>> = {
  library: 'Ollama',
  vllm: 'vLLM',
  llamacpp: 'llama.cpp',
}

/**
 * The name of the server that listed these models, where its answer tells it reliably. What stands
 * in front of a server, such as nginx, is no name of it.
 */
export function serverName(headers: Headers, models: readonly unknown[]): string | undefined {
  const [header, name] = byHeader.find(([key]) => headers.has(key)) ?? []
  if (header === 'x-litellm-version') return `${name} ${headers.get(header)?.slice(0, 20)}`
  if (name !== undefined) return name
  const owners = new Set(models.map((model) => (isRecord(model) ? model['owned_by'] : undefined)))
  const [owner] = owners
  return owners.size === 1 && typeof owner === 'string' ? byOwner[owner] : undefined
}
