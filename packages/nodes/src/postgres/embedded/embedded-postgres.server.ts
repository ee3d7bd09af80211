import { mkdirSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import { FlowError } from '@millrace/flow'
import { openCluster, type Cluster } from './cluster.server.ts'
import { ProtocolStream } from './protocol-stream.server.ts'

/** A directory that a process holds alone. */
export interface DirectoryLock {
  release(): void
}

export interface EmbeddedPostgresOptions {
  /** Where its files lie; made at the first use. */
  readonly directory: string
  /** A packed cluster, which a fresh directory begins with; without one it is initialised, in seconds. */
  readonly archive?: string | undefined
  /** Takes the directory for this process alone: two on one lose data. Throws when another has it. */
  readonly lock: (directory: string) => DirectoryLock
}

/**
 * A PostgreSQL with pgvector in a thread of this process. Nothing of it runs before the first session
 * connects. Should its thread die, what ran fails, and the next session starts another.
 */
export class EmbeddedPostgres {
  readonly #options: EmbeddedPostgresOptions
  #lock: DirectoryLock | undefined
  #opening: Promise<Cluster> | undefined
  #lastSession: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = options
  }

  /**
   * A stream for a client of the protocol, which calls its `connect`. There is one session at a time:
   * another one connects when the one before it has ended.
   */
  connect(): Duplex {
    const before = this.#lastSession
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    this.#lastSession = before.then(() => ended)
    let cluster: Cluster | undefined
    const stream = new ProtocolStream({
      begin: async () => {
        await before
        cluster = await this.#open()
        // A session that is idle learns of it too, so that nobody is given a dead one.
        void cluster.ended.then((error) => stream.destroy(error))
        return cluster
      },
      end: () => void sweep(cluster).then(end),
    })
    return stream
  }

  /**
   * Stops the running statement. A thread cannot be interrupted: one that does not come to an end by
   * itself is ended, with its session, and all that was committed is kept.
   */
  async cancel(): Promise<void> {
    await (await this.#opening)?.interrupt()
  }

  /** Ends it and gives its directory free. Sessions are to be ended before. */
  async close(): Promise<void> {
    this.#isClosed = true
    try {
      const cluster = await this.#opening?.catch(() => undefined)
      await cluster?.close()
    } finally {
      this.#lock?.release()
    }
  }

  #open(): Promise<Cluster> {
    if (this.#isClosed) {
      throw new FlowError(
        'database_unavailable',
        'The embedded PostgreSQL is closed, because its server stops.',
      )
    }
    if (this.#opening !== undefined) return this.#opening
    const opening = this.#openNow()
    this.#opening = opening
    const forget = () => {
      if (this.#opening === opening) this.#opening = undefined
    }
    // What did not open, or has ended, is opened anew at the next use.
    opening.then(({ ended }) => void ended.then(forget), forget)
    return opening
  }

  async #openNow(): Promise<Cluster> {
    const { directory, archive, lock } = this.#options
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    this.#lock ??= lock(directory)
    return openCluster({ directory, archive })
  }
}

/** After a session: stops what it left running, and undoes what it left open. Never rejects. */
async function sweep(cluster: Cluster | undefined): Promise<void> {
  try {
    await cluster?.interrupt()
    await cluster?.reset()
  } catch {
    // It has ended, and all of the session with it.
  }
}
