import mssql from 'mssql'
import type { OwnedDatabase } from '../sql/database.ts'
import type { SqlServerAccess } from './sqlserver-access.server.ts'
import { sqlServerDialect } from './sqlserver-dialect.ts'
import { sqlServerConnectError } from './sqlserver-connect-error.server.ts'
import { SqlServerSession, type Lease, type Pool } from './sqlserver-session.server.ts'

/** Opens a pool of sessions; the first one is made when it is needed. */
export function createSqlServerDatabase(access: SqlServerAccess): OwnedDatabase {
  let opening: Promise<Pool> | undefined

  /** Tried anew by the next session when it fails. */
  function openPool(): Promise<Pool> {
    opening ??= connectPool(access).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  async function takeLease(): Promise<Lease> {
    const pool = await openPool()
    return { pool, connection: await pool.acquire({}) }
  }

  return {
    dialect: sqlServerDialect,
    async withSession(options, work) {
      const lease = await unlessAborted(takeLease(), options.signal, access)
      const session = new SqlServerSession({ lease, options, subject: access.subject })
      try {
        await session.begin()
        const value = await work(session)
        if (options.transaction === 'commit') await session.commit()
        return value
      } finally {
        await session.undo()
        session.release()
      }
    },
    async close() {
      const pool = await opening?.catch(() => undefined)
      await pool?.close()
    },
  }
}

async function connectPool({ config }: SqlServerAccess): Promise<Pool> {
  const pool = new mssql.ConnectionPool(config)
  // A session that breaks tells its statement; one that nobody uses is replaced by the pool.
  pool.on('error', () => undefined)
  return (await pool.connect()) as Pool // see there
}

/** Waits for a session, no longer than the run lasts. */
async function unlessAborted(
  taking: Promise<Lease>,
  signal: AbortSignal,
  access: SqlServerAccess,
): Promise<Lease> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    return await Promise.race([aborted, taking])
  } catch (error) {
    // One that comes after the run has left is given back unused.
    taking.then(({ pool, connection }) => pool.release(connection)).catch(() => undefined)
    if (signal.aborted) throw signal.reason
    throw sqlServerConnectError(error, access)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
