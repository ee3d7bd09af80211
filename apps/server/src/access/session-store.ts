/** A browser in which the operator is signed in. */
export interface StoredSession {
  /** Of the token in its cookie. */
  readonly hash: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** Where the operator's sessions are kept. A promise that resolves means that the change is durable. */
export interface SessionStore {
  find(hash: string): Promise<StoredSession | undefined>
  /** Forgets on the occasion those that expired before `now`. */
  add(session: StoredSession, now: number): Promise<void>
  remove(hash: string): Promise<void>
}
