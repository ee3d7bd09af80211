import { starterOf } from '../access/own-runs.ts'
import type { RunTarget } from '../environments/plan-for.ts'
import type { McpSession } from './open-session.ts'

/** The sessions of this process; a client whose session is forgotten begins another. */
export interface McpSessions {
  add(sessionId: string, session: McpSession): void
  /** A session of the caller's own; `undefined` of others' too. */
  find(sessionId: string, caller: RunTarget): McpSession | undefined
  /** Ends a session, and stops what goes on in it. */
  end(sessionId: string): Promise<void>
}

interface KnownSession {
  readonly session: McpSession
  readonly usedAt: number
}

const maxSessions = 1000
const idleMs = 60 * 60_000

/** Keeps those that were used last, for an hour; `now` gives epoch milliseconds. */
export function createMcpSessions(now: () => number): McpSessions {
  const known = new Map<string, KnownSession>()

  function use(sessionId: string, session: McpSession): void {
    // The last used stands last, so the first is the one to forget.
    known.delete(sessionId)
    known.set(sessionId, { session, usedAt: now() })
  }

  async function end(sessionId: string): Promise<void> {
    const found = known.get(sessionId)
    known.delete(sessionId)
    await found?.session.transport.close()
  }

  function forgetOld(): void {
    for (const [sessionId, { session, usedAt }] of known) {
      const isIdle = usedAt < now() - idleMs && session.left.size === 0
      if (known.size <= maxSessions && !isIdle) return
      void end(sessionId)
    }
  }

  return {
    add(sessionId, session) {
      use(sessionId, session)
      forgetOld()
    },
    find(sessionId, caller) {
      const session = known.get(sessionId)?.session
      if (session === undefined || nameOf(session.caller) !== nameOf(caller)) return undefined
      use(sessionId, session)
      return session
    },
    end,
  }
}

function nameOf({ principal }: RunTarget): string {
  return starterOf(principal)?.id ?? principal.kind
}
