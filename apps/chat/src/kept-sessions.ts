import type { Session } from './conversation.ts'

/** The conversations with a flow that a browser keeps. */
export interface KeptSessions {
  /** The latest first. */
  list(): readonly Session[]
  /** Keeps one as it is now; the oldest are let go when there are many. */
  keep(session: Session): void
  forget(sessionId: string): void
  /** What lets the same visitor in again. */
  readToken(): string | undefined
  keepToken(token: string): void
}

const mostSessions = 50

/** Keeps conversations in a storage, which may be full or forbidden: then they last as long as the page. */
export function createKeptSessions(storage: Storage | undefined, flowId: string): KeptSessions {
  const key = `millrace.chat.${flowId}`
  const tokenKey = `${key}.visitor`
  let inMemory: readonly Session[] = []

  // Read each time: another tab may have kept something.
  function list(): readonly Session[] {
    const text = attempt(() => storage?.getItem(key))
    return (text ? readSessions(text) : undefined) ?? inMemory
  }

  function write(sessions: readonly Session[]): void {
    inMemory = sessions.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, mostSessions)
    // Where they take too much room, the older half is let go.
    for (let count = inMemory.length; count > 0; count = Math.floor(count / 2)) {
      const text = JSON.stringify(inMemory.slice(0, count))
      if (attempt(() => (storage?.setItem(key, text), true)) === true) return
    }
    if (inMemory.length === 0) attempt(() => storage?.removeItem(key))
  }

  return {
    list,
    keep: (session) => write([session, ...list().filter(({ id }) => id !== session.id)]),
    forget: (sessionId) => write(list().filter(({ id }) => id !== sessionId)),
    readToken: () => attempt(() => storage?.getItem(tokenKey)) ?? undefined,
    keepToken(token) {
      attempt(() => storage?.setItem(tokenKey, token))
    },
  }
}

/** The storage of the page, which it may not be allowed to have at all. */
export function pageStorage(): Storage | undefined {
  return attempt(() => localStorage)
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function readSessions(text: string): readonly Session[] | undefined {
  const sessions: unknown = attempt(() => JSON.parse(text))
  // Only this module writes there.
  return Array.isArray(sessions) ? (sessions as readonly Session[]) : undefined
}
