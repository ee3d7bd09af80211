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

/** Keeps those that were used within an hour, or are still; `now` gives epoch milliseconds. */
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
      if (usedAt < now() - idleMs && !isInUse(session)) void end(sessionId)
    }
    // All but the one that is begun just now.
    if (known.size > maxSessions) void end(oneTooMany([...known].slice(0, -1)))
  }

  return {
    add(sessionId, session) {
      use(sessionId, session)
      forgetOld()
    },
    find(sessionId, caller) {
      const session = known.get(sessionId)?.session
      if (session === undefined || callerName(session.caller) !== callerName(caller)) {
        return undefined
      }
      use(sessionId, session)
      return session
    },
    end,
  }
}

/** What tells apart who has sessions: a key from another, and from all who need none. */
export function callerName({ principal }: RunTarget): string {
  return starterOf(principal)?.id ?? principal.kind
}

/**
 * Which to forget of sessions that stand in the order of their last use: one of whoever has most of
 * them, so that nobody takes the place of others, and sooner one in which nothing goes on.
 */
function oneTooMany(sessions: readonly (readonly [string, KnownSession])[]): string {
  const byCaller = Map.groupBy(sessions, ([, { session }]) => callerName(session.caller))
  const [most = []] = [...byCaller.values()].toSorted((a, b) => b.length - a.length)
  const [sessionId = ''] = most.find(([, { session }]) => !isInUse(session)) ?? most[0] ?? []
  return sessionId
}

function isInUse({ left, isListening }: McpSession): boolean {
  return left.size > 0 || isListening
}
