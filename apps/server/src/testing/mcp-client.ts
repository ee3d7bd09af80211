import { Client, type ClientOptions } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'

interface McpClientOptions extends ClientOptions {
  readonly key?: string | undefined
  /** Behind the path of the server, as `?env=test`. */
  readonly query?: string | undefined
}

interface McpClient {
  readonly client: Client
  readonly transport: StreamableHTTPClientTransport
}

/** Connects the official client of the Model Context Protocol, as it comes from npm. */
export async function connectMcp(
  { url }: { readonly url: string },
  { key, query = '', ...options }: McpClientOptions = {},
): Promise<McpClient> {
  const client = new Client({ name: 'test', version: '1' }, options)
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp${query}`), {
    requestInit: key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } },
  })
  // The SDK is compiled without exact optional properties, which alone keeps the types apart.
  await client.connect(transport as Transport)
  return { client, transport }
}
