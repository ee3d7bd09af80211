import type { ApiTarget } from '../api-target.ts'
import { addressOf } from '../flow-call.ts'
import { typescriptLiteral } from './literal.ts'
import { keyVariable, type Snippet } from './snippet.ts'

/** A chat of the AI SDK in a page, and the route of its server that adds the key. */
export function useChatSnippet(target: ApiTarget): Snippet {
  const page = `'use client'
import { useChat } from '@ai-sdk/react'
import { useState } from 'react'

export default function Chat() {
  const { messages, sendMessage, stop, status, error } = useChat()
  const [prompt, setPrompt] = useState('')
  return (
    <>
      {messages.map((message) => (
        <p key={message.id}>
          {message.role === 'user' ? 'You: ' : 'Answer: '}
          {message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')}
        </p>
      ))}
      {error && <p role="alert">{error.message}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          sendMessage({ text: prompt })
          setPrompt('')
        }}
      >
        <input aria-label="Message" value={prompt} onChange={(event) => setPrompt(event.target.value)} />
        {status === 'ready' || status === 'error' ? (
          <button type="submit">Send</button>
        ) : (
          <button type="button" onClick={() => stop()}>Stop</button>
        )}
      </form>
    </>
  )
}
`
  const route = `// No page may hold the key: your own server adds it.
export async function POST(request: Request): Promise<Response> {
  return fetch(${typescriptLiteral(addressOf(target, 'chat'))}, {
    method: 'POST',
    headers: {
      authorization: \`Bearer \${process.env.${keyVariable}}\`,
      'content-type': 'application/json',
    },
    body: await request.text(),
    signal: request.signal,
  })
}
`
  return {
    id: 'useChat',
    title: 'useChat',
    note: 'npm install ai @ai-sdk/react. The two files as Next.js has them; any server with such a route does.',
    files: [
      { name: 'app/page.tsx', language: 'tsx', code: page },
      { name: 'app/api/chat/route.ts', language: 'typescript', code: route },
    ],
  }
}
