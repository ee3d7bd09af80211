import { FlowError } from '@millrace/flow'
import type { Request } from 'express'
import { z } from 'zod'
import { environmentQuery } from '../environments/environment-query.ts'
import type { RunTarget } from '../environments/plan-for.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { ToolCalls } from './call-tool.ts'
import { createMcpSessions } from './mcp-sessions.ts'
import type { McpSession } from './open-session.ts'
import type { ToolListWatch } from './tool-list-watch.ts'
import type { Tools } from './tools.ts'
import { watchLeaving } from './watch-leaving.ts'

interface Options {
  readonly tools: Tools
  readonly calls: ToolCalls
  readonly watch: Pick<ToolListWatch, 'listen'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

const path = '/mcp'

/** The protocol's implementation reads it closer. */
const message = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())])

/** As the protocol's implementation says it, or as this server does. */
const protocolError = z.union([
  z.looseObject({ jsonrpc: z.literal('2.0'), error: z.looseObject({ message: z.string() }) }),
  z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }) }),
])

/** The MCP server over streamable HTTP: flows with an MCP tool trigger are its tools. */
export function mcpRoutes({ tools, calls, watch, now }: Options): readonly Route[] {
  const sessions = createMcpSessions(now)

  async function sessionFor(request: Request, caller: RunTarget): Promise<McpSession> {
    if (sessionIdOf(request) !== undefined) return expectSession(request, caller)
    // The protocol's implementation is large, and most servers never need it.
    const { openSession } = await import('./open-session.ts')
    return openSession({ tools, calls, caller, onOpen: sessions.add })
  }

  function expectSession(request: Request, caller: RunTarget): McpSession {
    const sessionId = sessionIdOf(request)
    if (sessionId === undefined) {
      throw new FlowError(
        'bad_request',
        'The request names no session of MCP. Begin one by posting the request "initialize", and send its id in the header mcp-session-id.',
      )
    }
    const session = sessions.find(sessionId, caller)
    if (session !== undefined) return session
    throw new FlowError(
      'not_found',
      'There is no such session of MCP, or it was forgotten. Begin another with the request "initialize".',
    )
  }

  return [
    defineRoute({
      method: 'post',
      path,
      caller: 'mcp',
      summary: 'Takes a message of the Model Context Protocol, over streamable HTTP.',
      query: environmentQuery,
      body: { schema: message, maxBytes: ofBody },
      answers: {
        200: {
          description: 'The answer to a request, with what is told before it.',
          contentTypes: ['text/event-stream', 'application/json'],
        },
        202: { description: 'A notification was taken.' },
        400: { description: 'What came is no message of the protocol.', schema: protocolError },
        415: { description: 'What came is no JSON.', schema: protocolError },
      },
      async handle({ body, query: { env }, principal, request, response }) {
        const caller = { principal, environment: env }
        const session = await sessionFor(request, caller)
        session.caller = caller
        watchLeaving(session, { body, response })
        await session.transport.handleRequest(request, response, body)
      },
    }),

    defineRoute({
      method: 'get',
      path,
      caller: 'mcp',
      summary: 'Is a stream of what nobody asked for: that the tools are other ones now.',
      query: environmentQuery,
      answers: {
        200: {
          description: 'A notification for each change, until the client or the session leaves.',
          contentTypes: ['text/event-stream'],
        },
        400: { description: 'It names no session of the protocol.', schema: protocolError },
        406: { description: 'It takes no stream.', schema: protocolError },
        429: { description: 'Too many sessions of the caller listen already.' },
      },
      async handle({ query: { env }, principal, request, response }) {
        const caller = { principal, environment: env }
        const session = expectSession(request, caller)
        if (request.method === 'HEAD') {
          response.writeHead(200, { 'content-type': 'text/event-stream' }).end()
          return
        }
        // It may have left already, and then nothing says so any more.
        if (response.destroyed) return
        session.caller = caller
        watch.listen(session, { request, response })
        await session.transport.handleRequest(request, response)
      },
    }),

    defineRoute({
      method: 'delete',
      path,
      caller: 'mcp',
      summary: 'Ends a session of the Model Context Protocol, and stops what goes on in it.',
      answers: { 204: { description: 'It is ended.' } },
      async handle({ principal, request, response }) {
        expectSession(request, { principal })
        await sessions.end(sessionIdOf(request) ?? '')
        response.status(204).end()
      },
    }),
  ]
}

function sessionIdOf({ headers }: Request): string | undefined {
  const sessionId = headers['mcp-session-id']
  return Array.isArray(sessionId) ? sessionId.join() : sessionId
}
