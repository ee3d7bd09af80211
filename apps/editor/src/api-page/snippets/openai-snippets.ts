import type { ApiTarget } from '../api-target.ts'
import { textIn } from '../flow-call.ts'
import { pythonLiteral, typescriptLiteral } from './literal.ts'
import { keyVariable, type Snippet } from './snippet.ts'

/** Runs a flow for chats by OpenAI's own client in TypeScript. */
export function openaiTypescriptSnippet(target: ApiTarget): Snippet {
  const { flowId, input, serverUrl, environment } = target
  const code = `import OpenAI from 'openai'

const openai = new OpenAI({
  baseURL: ${typescriptLiteral(`${serverUrl}/v1`)},
  apiKey: process.env.${keyVariable},${
    environment === 'production' ? '' : `\n  defaultQuery: { env: '${environment}' },`
  }
})

const stream = await openai.chat.completions.create({
  model: ${typescriptLiteral(flowId)},
  messages: [{ role: 'user', content: ${typescriptLiteral(textIn(input, 'prompt'))} }],
  stream: true,
})
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? '')
}
`
  return {
    id: 'openaiTypescript',
    title: 'OpenAI · TypeScript',
    note: 'npm install openai. Any program that takes a base URL and a model works alike.',
    files: [{ name: 'chat.ts', language: 'typescript', code }],
  }
}

/** The same in Python. */
export function openaiPythonSnippet(target: ApiTarget): Snippet {
  const { flowId, input, serverUrl, environment } = target
  const code = `import os

from openai import OpenAI

client = OpenAI(
    base_url=${pythonLiteral(`${serverUrl}/v1`)},
    api_key=os.environ["${keyVariable}"],${
      environment === 'production' ? '' : `\n    default_query={"env": "${environment}"},`
    }
)

stream = client.chat.completions.create(
    model=${pythonLiteral(flowId)},
    messages=[{"role": "user", "content": ${pythonLiteral(textIn(input, 'prompt'))}}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
`
  return {
    id: 'openaiPython',
    title: 'OpenAI · Python',
    note: 'pip install openai.',
    files: [{ name: 'chat.py', language: 'python', code }],
  }
}
