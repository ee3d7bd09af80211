import { FlowError, isRecord } from '@millrace/flow'
import type { RequestId } from '@modelcontextprotocol/sdk/types.js'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { environmentQuery } from '../environments/environment-query.ts'
import type { RunTarget } from '../environments/plan-for.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { ToolCalls } from './call-tool.ts'
import { createMcpSessions } from './mcp-sessions.ts'
import type { McpSession } from './open-session.ts'
import type { Tools } from './tools.ts'

interface Options {
  readonly tools: Tools
  readonly calls: ToolCalls
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
export function mcpRoutes({ tools, calls, now }: Options): readonly Route[] {
  const sessions = createMcpSessions(now)

  async function sessionFor(request: Request, caller: RunTarget): Promise<McpSession> {
    if (request.headers['mcp-session-id'] !== undefined) return expectSession(request, caller)
    // The protocol's implementation is large, and most servers never need it.
    const { openSession } = await import('./open-session.ts')
    return openSession({ tools, calls, caller, onOpen: sessions.add })
  }

  function expectSession(request: Request, caller: RunTarget): McpSession {
    const session = sessions.find(sessionIdOf(request), caller)
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
      summary: 'Would be a stream of messages that nobody asked for; this server sends none.',
      answers: { 405: { description: 'As the protocol wants it of such a server.' } },
      handle({ response }) {
        response.setHeader('Allow', 'POST, DELETE').status(405).end()
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
        await sessions.end(sessionIdOf(request))
        response.status(204).end()
      },
    }),
  ]
}

function sessionIdOf({ headers }: Request): string {
  return String(headers['mcp-session-id'])
}

/** Lets the requests of a message know when their client is gone. */
function watchLeaving(
  { left }: McpSession,
  { body, response }: { readonly body: unknown; readonly response: Response },
): void {
  const leaving = new AbortController()
  const ids = (Array.isArray(body) ? body : [body]).flatMap(idOf)
  for (const id of ids) left.set(id, leaving.signal)
  response.once('close', () => {
    for (const id of ids) left.delete(id)
    leaving.abort()
  })
}

function idOf(message: unknown): readonly RequestId[] {
  const id = isRecord(message) ? message['id'] : undefined
  return typeof id === 'string' || typeof id === 'number' ? [id] : []
}
