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
import { FlowError, toFlowError } from '@millrace/flow'
import type { RunTarget } from '../environments/plan-for.ts'
import { traceContextOf } from '../http/trace-context.ts'
import { version } from '../version.ts'
import { callTool, type ToolCalls } from './call-tool.ts'
import { printOfTools } from './print-of-tools.ts'
import type { Tools } from './tools.ts'

/** A client of MCP, from its first request until it ends its session or is forgotten. */
export interface McpSession {
  readonly transport: StreamableHTTPServerTransport
  /** Who calls now; always the same one, but what a key may do changes. */
  caller: RunTarget
  /** Of the requests that wait for an answer: aborted when nobody listens any more. */
  readonly left: Map<RequestId, AbortSignal>
  /** Whether it has a stream for what nobody asked for. */
  isListening: boolean
  /** Which tools its client knows, as `printOfTools` has it; `undefined` before it asked. */
  knownTools: string | undefined
  /** Says, to a client that listens, that its tools are other ones now. */
  tellToolsChanged(): Promise<void>
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
  const server = new Server(
    { name: 'millrace', version },
    { capabilities: { tools: { listChanged: true } } },
  )
  const session: McpSession = {
    transport,
    caller,
    left: new Map(),
    isListening: false,
    knownTools: undefined,
    tellToolsChanged: () => server.sendToolListChanged(),
  }

  function refuse(error: unknown): never {
    const isOurs = !(error instanceof FlowError)
    if (isOurs) calls.logger.error({ err: error }, 'a request of MCP failed')
    const code = isOurs ? ErrorCode.InternalError : ErrorCode.InvalidParams
    throw new McpError(code, toFlowError(error).message)
  }

  server.setRequestHandler(ListToolsRequestSchema, async () => {
    const listed = await tools.list(session.caller).catch(refuse)
    session.knownTools = printOfTools(listed)
    return { tools: [...listed] }
  })

  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { caller } = session
    // Before anything is waited for: of a client that is gone, nothing is known later.
    const left = session.left.get(extra.requestId) ?? extra.signal
    const flow = await tools.find(params.name, caller).catch(refuse)
    const progressToken = params._meta?.progressToken
    return callTool(calls, {
      ...flow,
      principal: caller.principal,
      input: params.arguments,
      traceContext: traceContextOf(extra.requestInfo ?? { headers: {} }),
      cancelled: extra.signal,
      left,
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
