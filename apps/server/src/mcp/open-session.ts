import { randomUUID } from 'node:crypto'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js'
import { toFlowError } from '@millrace/flow'
import type { RunTarget } from '../environments/plan-for.ts'
import { traceContextOf } from '../http/trace-context.ts'
import { version } from '../version.ts'
import { callTool, type ToolCalls } from './call-tool.ts'
import type { Tools } from './tools.ts'

/** A client of MCP, from its first request until it ends its session or is forgotten. */
export interface McpSession {
  readonly transport: StreamableHTTPServerTransport
  /** Who calls now; always the same one, but what a key may do changes. */
  caller: RunTarget
  /** Of the requests that wait for an answer: aborted when nobody listens any more. */
  readonly left: Map<RequestId, AbortSignal>
}

interface Options {
  readonly tools: Tools
  readonly calls: ToolCalls
  readonly caller: RunTarget
  /** Told the id by which the client comes back. */
  readonly onOpen: (sessionId: string, session: McpSession) => void
}

/** Opens a session: the tools of a caller, by the official implementation of the protocol. */
export async function openSession({ tools, calls, caller, onOpen }: Options): Promise<McpSession> {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (sessionId) => onOpen(sessionId, session),
  })
  const session: McpSession = { transport, caller, left: new Map() }
  const server = new Server({ name: 'millrace', version }, { capabilities: { tools: {} } })

  server.setRequestHandler(ListToolsRequestSchema, async () => ({
    tools: [...(await tools.list(session.caller))],
  }))

  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { principal } = session.caller
    const flow = await tools.find(params.name, session.caller).catch((error: unknown) => {
      throw new McpError(ErrorCode.InvalidParams, toFlowError(error).message)
    })
    const progressToken = params._meta?.progressToken
    return callTool(calls, {
      ...flow,
      principal,
      input: params.arguments,
      traceContext: traceContextOf(extra.requestInfo ?? { headers: {} }),
      cancelled: extra.signal,
      left: session.left.get(extra.requestId) ?? extra.signal,
      onProgress(progress, message) {
        if (progressToken === undefined) return
        const told = { progressToken, progress, ...(message === undefined ? {} : { message }) }
        // One that left gets no progress; its run is looked after elsewhere.
        void extra
          .sendNotification({ method: 'notifications/progress', params: told })
          .catch(() => undefined)
      },
    })
  })

  // The SDK is compiled without exact optional properties, which alone keeps the types apart.
  await server.connect(transport as Transport)
  return session
}
