import type { ApiTarget } from '../api-target.ts'
import { addressOf } from '../flow-call.ts'
import { typescriptLiteral } from './literal.ts'
import { keyVariable, type Snippet } from './snippet.ts'

/** Starts a run that nobody waits for, and asks how it stands. */
export function backgroundSnippet(target: ApiTarget): Snippet {
  const code = `const headers = {
  authorization: \`Bearer \${process.env.${keyVariable}}\`,
  'content-type': 'application/json',
}

async function ask(address: string, body?: object) {
  const response = await fetch(address, {
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error.message)
  return answer
}

const { runId } = await ask(${typescriptLiteral(addressOf(target, 'submit'))}, ${typescriptLiteral(target.input)})

let run = { state: 'running' }
while (run.state === 'running') {
  await new Promise((resolve) => setTimeout(resolve, 1000))
  run = await ask(${typescriptLiteral(`${target.serverUrl}/api/runs/`)} + runId)
}
console.log(run)
`
  return {
    id: 'background',
    title: 'Background',
    note: 'Starts a run of up to 8 hours, and asks each second how it stands. Store the id to ask later.',
    files: [{ name: 'submit.ts', language: 'typescript', code }],
  }
}
