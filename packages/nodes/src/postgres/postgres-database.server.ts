import { FlowError } from '@millrace/flow'
import pg from 'pg'
import type { OwnedDatabase, SessionOptions } from '../sql/database.ts'
import { withNearTables } from './near-tables.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { postgresConnectError, type PostgresSubject } from './postgres-error.server.ts'
import { PostgresSession } from './postgres-session.server.ts'
import { createPostgresTypes } from './postgres-types.server.ts'

/** How a PostgreSQL is reached: a server over the network, or the one in a worker of our own. */
export interface PostgresAccess {
  /** The name of the connection, for messages. */
  readonly name: string
  /** What the server says, without the secrets of the connection. */
  withoutSecrets(words: string): string
  /** May hold a `stream` of its own. Nothing may be left to the environment of the server. */
  readonly config: pg.PoolConfig
  readonly maxSessions: number
  /** Asks the server to cancel what a session is running; may fail, or come too late. */
  cancel(backend: { readonly processId: number }): Promise<void>
}

/** Opens a pool of sessions; the first one is made when it is needed. */
export function createPostgresDatabase(access: PostgresAccess): OwnedDatabase {
  const pool = new pg.Pool({
    ...access.config,
    max: access.maxSessions,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  })
  // A session that breaks while nobody uses it has left the pool already; the next one is new.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    // One that breaks in use says so to its statement as well.
    client.on('error', () => {})
  })
  const { host = '', port } = access.config
  const subject: PostgresSubject = {
    name: access.name,
    address: port === undefined ? host : `${host}:${port}`,
    withoutSecrets: (words) => access.withoutSecrets(words),
  }
  const types = createPostgresTypes()

  /** A session that is ready to work; those that turn out to be cut off are thrown away. */
  async function openSession(options: SessionOptions): Promise<PostgresSession> {
    for (let attempt = 1; ; attempt += 1) {
      const client = await checkOut(pool, options.signal, subject)
      const session = new PostgresSession({ client, access, types, options, subject })
      try {
        await session.begin()
        return session
      } catch (error) {
        session.release()
        const isCutOff = error instanceof FlowError && error.code === 'database_unavailable'
        // After a restart of the server, every idle session of the pool is one of these.
        if (!isCutOff || attempt > access.maxSessions) throw error
      }
    }
  }

  return {
    dialect: postgresDialect,
    async withSession(options, work) {
      const session = await openSession(options)
      try {
        const value = await work(session)
        if (options.transaction === 'commit') await session.commit()
        else await session.undo()
        return value
      } catch (error) {
        await session.undo()
        throw await withNearTables(error, session).catch(() => error)
      } finally {
        session.release()
      }
    },
    close: () => pool.end(),
  }
}

/** Waits for a session, at most as long as the pool lets one wait, and no longer than the run. */
async function checkOut(
  pool: pg.Pool,
  signal: AbortSignal,
  subject: PostgresSubject,
): Promise<pg.PoolClient> {
  signal.throwIfAborted()
  const connecting = pool.connect()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([connecting, aborted])
  } catch (error) {
    // One that comes after the run has left is given back unused.
    connecting.then((client) => client.release()).catch(() => {})
    if (signal.aborted) throw signal.reason
    throw postgresConnectError(error, subject)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
