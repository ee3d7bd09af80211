import type { EventEmitter } from 'node:events'
import type { FlowError, SqlParameter } from '@millrace/flow'
import mssql from 'mssql'
import type { OwnedDatabase, SessionOptions, SqlResult, SqlSession } from '../sql/database.ts'
import { nodeLimits, timedOut } from '../sql/statement-limits.ts'
import { bindValue } from './bind-value.server.ts'
import { nearNames } from './near-names.ts'
import type { SqlServerAccess } from './sqlserver-access.server.ts'
import { sqlServerDialect } from './sqlserver-dialect.ts'
import { sqlServerConnectError, sqlServerStatementError } from './sqlserver-error.server.ts'
import { SqlServerStatement } from './sqlserver-statement.server.ts'

/** Opens a pool of sessions; the first one is made when it is needed. */
export function createSqlServerDatabase(access: SqlServerAccess): OwnedDatabase {
  let opening: Promise<Pool> | undefined

  /** Tried anew by the next statement when it fails. */
  function openPool(): Promise<Pool> {
    opening ??= connectPool(access).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  async function takeConnection(): Promise<{ readonly pool: Pool; readonly connection: Wire }> {
    const pool = await openPool()
    return { pool, connection: await pool.acquire({}) }
  }

  return {
    dialect: sqlServerDialect,
    async withSession(options, work) {
      const { pool, connection } = await unlessAborted(takeConnection(), options.signal, access)
      const session = new SqlServerSession({ access, options, lease: new Lease(pool, connection) })
      try {
        await session.begin()
        const value = await work(session)
        await session.end(options.transaction === 'rollback' ? 'rollback' : 'commit')
        return value
      } catch (error) {
        await session.end('rollback').catch(() => session.giveUp())
        throw error
      } finally {
        release(pool, connection, session)
      }
    },
    async close() {
      const pool = await opening?.catch(() => undefined)
      await pool?.close()
    },
  }
}

/** A pool of the driver, with what its types leave out. */
type Pool = mssql.ConnectionPool & {
  readonly config: mssql.config
  acquire(requester: object): Promise<Wire>
  release(connection: Wire): unknown
}

/** A session of the driver, as far as it is handled here. */
interface Wire extends EventEmitter {
  readonly inTransaction: boolean
  close(): void
  /** Undoes what was set in the session, before its next use. */
  reset(callback: (error: unknown) => void): void
}

async function connectPool({ config }: SqlServerAccess): Promise<Pool> {
  const pool = new mssql.ConnectionPool(config) as Pool // as above
  // A session that breaks tells its statement; one that nobody uses is replaced by the pool.
  pool.on('error', () => undefined)
  return (await pool.connect()) as Pool
}

/** Waits for a session, no longer than the run lasts. */
async function unlessAborted(
  taking: Promise<{ readonly pool: Pool; readonly connection: Wire }>,
  signal: AbortSignal,
  access: SqlServerAccess,
): Promise<{ readonly pool: Pool; readonly connection: Wire }> {
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

/** What one user set must not meet the next, so a session is swept before it goes back. */
function release(pool: Pool, connection: Wire, session: SqlServerSession): void {
  const giveBack = () => void pool.release(connection)
  if (session.isBroken) {
    connection.close()
    giveBack()
    return
  }
  connection.reset((error) => {
    if (error) connection.close()
    giveBack()
  })
}

/**
 * One connection of the pool, held for a session: to the driver's requests and transactions it is what
 * they usually take a connection from.
 */
class Lease {
  readonly connected = true
  readonly config: mssql.config
  readonly connection: Wire

  constructor(pool: Pool, connection: Wire) {
    this.config = pool.config
    this.connection = connection
  }

  acquire(_requester: unknown, callback: (error: null, connection: Wire, config: object) => void) {
    process.nextTick(callback, null, this.connection, this.config)
    return this
  }

  release(): this {
    return this
  }
}

interface SessionParts {
  readonly access: SqlServerAccess
  readonly options: SessionOptions
  readonly lease: Lease
}

/** A session of the pool for the time of one piece of work. */
class SqlServerSession implements SqlSession {
  readonly #parts: SessionParts
  readonly #pool: mssql.ConnectionPool
  #transaction: mssql.Transaction | undefined
  #isBroken = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    // See `Lease`: it has all of a pool that requests and transactions ask for.
    this.#pool = parts.lease as unknown as mssql.ConnectionPool
  }

  /** Whether it must not be used again: it is cut off, or holds a transaction that nobody ends. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  giveUp(): void {
    this.#isBroken = true
  }

  async begin(): Promise<void> {
    const { transaction = 'none' } = this.#parts.options
    if (transaction === 'none') return
    this.#transaction = new mssql.Transaction(this.#pool)
    this.#transaction.on('error', () => undefined)
    await this.#control(this.#transaction.begin())
  }

  /** Ends a transaction: the one that was asked for, or one that a statement left open. */
  async end(how: 'commit' | 'rollback'): Promise<void> {
    const transaction = this.#transaction
    this.#transaction = undefined
    if (transaction !== undefined && !this.#isBroken) await this.#control(transaction[how]())
    // The server undoes what is open when the connection closes.
    if (this.#parts.lease.connection.inTransaction) this.#isBroken = true
  }

  async #control(running: Promise<unknown>): Promise<void> {
    try {
      await running
    } catch (error) {
      this.#isBroken = true
      throw this.#errorOf(error, '', [])
    }
  }

  async run(
    statement: string,
    parameters: readonly SqlParameter<unknown>[] = [],
  ): Promise<SqlResult> {
    const { signal } = this.#parts.options
    try {
      return await this.#execute(statement, parameters)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      const failure = this.#errorOf(error, statement, parameters)
      if (failure.code === 'database_unavailable') this.#isBroken = true
      throw await this.#withNearNames(failure, statement)
    }
  }

  #errorOf(
    error: unknown,
    statement: string,
    parameters: readonly SqlParameter<unknown>[],
  ): FlowError {
    return sqlServerStatementError(error, { statement, parameters }, this.#parts.access.subject)
  }

  /** The catalogue knows what a name that is not there may have meant. */
  async #withNearNames(failure: FlowError, statement: string): Promise<FlowError> {
    const session: SqlSession = { run: (text, values = []) => this.#execute(text, values) }
    return await nearNames(failure, statement, session).catch(() => failure)
  }

  async #execute(
    statement: string,
    parameters: readonly SqlParameter<unknown>[],
  ): Promise<SqlResult> {
    const { options } = this.#parts
    options.signal.throwIfAborted()
    const request =
      this.#transaction === undefined ? new mssql.Request(this.#pool) : this.#transaction.request()
    for (const parameter of parameters) {
      const { type, value } = bindValue(parameter)
      request.input(parameter.name, type, value)
    }
    const running = new SqlServerStatement(request, options.limits ?? nodeLimits)
    const onAbort = () => running.stop(options.signal.reason)
    options.signal.addEventListener('abort', onAbort)
    const clock = setTimeout(() => running.stop(timedOut(options)), options.timeoutSeconds * 1000)
    try {
      return await running.run(statement)
    } finally {
      clearTimeout(clock)
      options.signal.removeEventListener('abort', onAbort)
    }
  }
}
