import type { ApiTarget } from '../api-target.ts'
import { typescriptLiteral } from './literal.ts'
import { keyVariable, type Snippet } from './snippet.ts'

/** Runs a flow by our own client, which comes back after lost connections. */
export function clientSnippet(target: ApiTarget): Snippet {
  const { kind, flowId, input, serverUrl, environment } = target
  const call = `(${typescriptLiteral(flowId)}, ${typescriptLiteral(input)})`
  const use =
    kind === 'run'
      ? `console.log(await client.run${call})\n`
      : `const run = await client.stream${call}
for await (const value of run) process.stdout.write(textOf(value))
`
  const code = `import { createClient${kind === 'run' ? '' : ', textOf'} } from '@millrace/client'

const client = createClient({
  baseUrl: ${typescriptLiteral(serverUrl)},
  key: process.env.${keyVariable},${
    environment === 'production' ? '' : `\n  environment: '${environment}',`
  }
})

${use}`
  return {
    id: 'client',
    title: '@millrace/client',
    note: 'npm install @millrace/client. It goes on after a lost connection, each value once.',
    files: [{ name: 'run.ts', language: 'typescript', code }],
  }
}
