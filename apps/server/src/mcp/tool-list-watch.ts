import { FlowError } from '@millrace/flow'
import type { Request, Response } from 'express'
import type { PrincipalOf } from '../access/principal.ts'
import type { Schedule } from '../runs/readers.ts'
import { callerName } from './mcp-sessions.ts'
import type { McpSession } from './open-session.ts'
import { printOfTools } from './print-of-tools.ts'
import type { Tools } from './tools.ts'

/** Tells clients that listen when their tools are other ones than those that they know. */
export interface ToolListWatch {
  /**
   * Begins to tell a session, by the stream that answers this request, until the response closes. A
   * session has one such stream, the last that it asked for. Throws `draining`, `rate_limited`.
   */
  listen(session: McpSession, call: ListeningCall): void
  /** Something changed of which lists of tools are made. */
  noteChange(): void
  /** Ends all streams, and takes no more; what their sessions wait for goes on. */
  close(): void
}

/** The request of a session for a stream, and its answer. */
export interface ListeningCall {
  readonly request: Request
  readonly response: Response
}

interface Options {
  readonly tools: Pick<Tools, 'list'>
  readonly principalOf: PrincipalOf
  readonly schedule: Schedule
  /** Told when it could not be found out which tools there are. */
  readonly onFailure: (error: unknown) => void
}

interface Listener extends ListeningCall {
  readonly session: McpSession
  /** Whether something happened since it was last looked what its tools are. */
  isDue: boolean
}

/** So many streams may a key have, and so many who needs none. */
const maxStreams = 100

/** So long changes are gathered: who publishes ten flows tells it once or twice. */
const gatherMs = 250

export function createToolListWatch(options: Options): ToolListWatch {
  const { tools, principalOf, schedule, onFailure } = options
  const listeners = new Map<McpSession, Listener>()
  let isClosed = false
  let cancelCheck: (() => void) | undefined

  function checkSoon(): void {
    if (listeners.size > 0 && !isClosed) cancelCheck ??= schedule(() => void check(), gatherMs)
  }

  async function check(): Promise<void> {
    const due = [...listeners.values()].filter(({ isDue }) => isDue)
    const prints = new Map<string, Promise<string>>()
    for (const listener of due) {
      listener.isDue = false
      await tell(listener, prints).catch(onFailure)
    }
    // Only now, so that one check at a time is under way.
    cancelCheck = undefined
    if ([...listeners.values()].some(({ isDue }) => isDue)) checkSoon()
  }

  /** Who calls from one place sees one list, which is then made once: `prints` has it by caller. */
  async function tell(
    { session, request }: Listener,
    prints: Map<string, Promise<string>>,
  ): Promise<void> {
    if (!(await isStillLetIn(request))) {
      session.transport.closeStandaloneSSEStream()
      return
    }
    const { caller } = session
    const place = `${callerName(caller)} ${caller.environment ?? ''}`
    const print = prints.get(place) ?? tools.list(caller).then(printOfTools)
    prints.set(place, print)
    const now = await print
    // Who has asked for no list yet gets the right one when it does.
    const isTold = session.knownTools !== undefined && session.knownTools !== now
    session.knownTools = now
    if (isTold) await session.tellToolsChanged()
  }

  /** A key may be revoked while its client listens, and the session of an operator end. */
  async function isStillLetIn(request: Request): Promise<boolean> {
    try {
      await principalOf(request, 'mcp')
      return true
    } catch (error) {
      if (error instanceof FlowError) return false
      throw error
    }
  }

  return {
    listen(session, { request, response }) {
      if (isClosed) {
        throw new FlowError('draining', 'The server is stopping and opens no more streams.', {
          retryable: true,
        })
      }
      if (!listeners.has(session)) expectRoom(listeners.keys(), session)
      // The one before may be of a connection that is lost, which only its client knows.
      session.transport.closeStandaloneSSEStream()
      const listener = { session, request, response, isDue: true }
      listeners.set(session, listener)
      session.isListening = true
      response.once('close', () => {
        if (listeners.get(session) !== listener) return
        listeners.delete(session)
        session.isListening = false
      })
      checkSoon()
    },
    noteChange() {
      for (const listener of listeners.values()) listener.isDue = true
      checkSoon()
    },
    close() {
      isClosed = true
      cancelCheck?.()
      for (const { session } of listeners.values()) session.transport.closeStandaloneSSEStream()
    },
  }
}

function expectRoom(listening: Iterable<McpSession>, { caller }: McpSession): void {
  const name = callerName(caller)
  const own = [...listening].filter((session) => callerName(session.caller) === name)
  if (own.length < maxStreams) return
  throw new FlowError(
    'rate_limited',
    `${maxStreams} sessions of this caller listen for changes of tools already, as many as may. End one of them, or do without: everything else works in a session that does not listen.`,
    { retryable: true, details: { limit: 'mcpStreams', max: maxStreams } },
  )
}
