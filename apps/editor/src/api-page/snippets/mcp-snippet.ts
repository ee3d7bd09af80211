import type { ApiTarget } from '../api-target.ts'
import { toolServerOf } from '../flow-call.ts'
import { typescriptLiteral } from './literal.ts'
import { keyVariable, type Snippet } from './snippet.ts'

/** Connects an agent to the tools of this server, and calls the flow as one of them. */
export function mcpSnippet(target: ApiTarget): Snippet {
  const address = toolServerOf(target)
  const settings = {
    mcpServers: {
      millrace: {
        type: 'http',
        url: address,
        headers: { Authorization: `Bearer \${${keyVariable}}` },
      },
    },
  }
  const code = `import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const client = new Client({ name: 'my-agent', version: '1.0.0' })
await client.connect(
  new StreamableHTTPClientTransport(new URL(${typescriptLiteral(address)}), {
    requestInit: { headers: { authorization: \`Bearer \${process.env.${keyVariable}}\` } },
  }),
)
const answer = await client.callTool({
  name: ${typescriptLiteral(target.flowId)},
  arguments: ${typescriptLiteral(target.input, '  ')},
})
console.log(answer.content)
await client.close()
`
  return {
    id: 'mcp',
    title: 'MCP',
    note: 'The key needs the policy mcp. Agents have their settings in such a file, or ask for the address: VS Code calls the list servers, Cursor writes ${env:…} for a variable. Programs npm install @modelcontextprotocol/sdk.',
    files: [
      { name: '.mcp.json', language: 'json', code: `${JSON.stringify(settings, null, 2)}\n` },
      { name: 'call-tool.ts', language: 'typescript', code },
    ],
  }
}
