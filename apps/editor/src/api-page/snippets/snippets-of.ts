import type { ApiTarget } from '../api-target.ts'
import { backgroundSnippet } from './background-snippet.ts'
import { clientSnippet } from './client-snippet.ts'
import { curlSnippet } from './curl-snippet.ts'
import { mcpSnippet } from './mcp-snippet.ts'
import { openaiPythonSnippet, openaiTypescriptSnippet } from './openai-snippets.ts'
import { pythonSnippet } from './python-snippet.ts'
import type { Snippet } from './snippet.ts'
import { useChatSnippet } from './use-chat-snippet.ts'

/** The code that runs a flow, as fits what starts it and what comes. */
export function snippetsOf(target: ApiTarget): readonly Snippet[] {
  const forChats = [openaiTypescriptSnippet, openaiPythonSnippet, useChatSnippet]
  const others = target.kind === 'chat' ? forChats : [pythonSnippet]
  const forAgents = target.isTool ? [mcpSnippet] : []
  return [...forAgents, curlSnippet, ...others, clientSnippet, backgroundSnippet].map((snippet) =>
    snippet(target),
  )
}
