import { shellText } from '../../ui/shell-text.ts'
import { addressOf, bodyOf, type CallName } from '../flow-call.ts'
import type { ApiTarget } from '../api-target.ts'
import { keyVariable, type Snippet } from './snippet.ts'

/** Runs a flow from a shell. */
export function curlSnippet(target: ApiTarget): Snippet {
  const code = [
    curlCommand(target, target.kind === 'run' ? 'run' : 'stream'),
    ...(target.kind === 'chat'
      ? [`# The same as OpenAI’s chat completion\n${curlCommand(target, 'completion')}`]
      : []),
  ].join('\n\n')
  return {
    id: 'curl',
    title: 'curl',
    note: 'Shows the bytes as they come.',
    files: [{ name: 'run.sh', language: 'shell', code: `${code}\n` }],
  }
}

function curlCommand(target: ApiTarget, call: CallName): string {
  const body = bodyOf(call, { ...target, isStreamed: true })
  return [
    `curl ${call === 'run' ? '' : '-N '}${shellText(addressOf(target, call))}`,
    `-H "Authorization: Bearer $${keyVariable}"`,
    `-H 'Content-Type: application/json'`,
    `-d ${shellText(JSON.stringify(body))}`,
  ].join(' \\\n  ')
}
