import type { FlowError, SqlParameter } from '@millrace/flow'
import mssql from 'mssql'
import type { SessionOptions, SqlResult, SqlSession } from '../sql/database.ts'
import { nodeLimits } from '../sql/statement-limits.ts'
import { stopInTime } from '../sql/stop-in-time.server.ts'
import { transactionUndone } from '../sql/transaction-undone.ts'
import { bindValue } from './bind-value.server.ts'
import { nearNames } from './near-names.ts'
import type { SqlServerSubject } from './lost-session.ts'
import { sqlServerStatementError } from './sqlserver-statement-error.server.ts'
import { SqlServerStatement } from './sqlserver-statement.server.ts'

/** A pool of the driver, with what its types leave out. */
export type Pool = mssql.ConnectionPool & {
  readonly config: mssql.config
  acquire(requester: object): Promise<Connection>
  release(connection: Connection): unknown
}

/** A connection of the driver, as far as it is handled here. */
interface Connection {
  /** As the server last told. */
  readonly inTransaction: boolean
  close(): void
  /** Undoes what was set in it, and what is open. */
  reset(callback: (error: unknown) => void): void
}

/** A connection that was taken from its pool. */
export interface Lease {
  readonly pool: Pool
  readonly connection: Connection
}

interface SessionParts {
  readonly lease: Lease
  readonly options: SessionOptions
  readonly subject: SqlServerSubject
}

/** How long a session may take to be swept, in milliseconds, before it is thrown away. */
const sweepMs = 3000

/** A session of the pool for the time of one piece of work; whoever takes it releases it. */
export class SqlServerSession implements SqlSession {
  readonly #parts: SessionParts
  readonly #leased: mssql.ConnectionPool
  #transaction: mssql.Transaction | undefined
  /** Something may still run in it, or it is cut off. */
  #isBroken = false
  #hasFailed = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.#leased = poolOfOne(parts.lease)
  }

  /** Begins the transaction if there is to be one. */
  async begin(): Promise<void> {
    if ((this.#parts.options.transaction ?? 'none') === 'none') return
    this.#transaction = new mssql.Transaction(this.#leased)
    // What goes wrong with it is told to who begins and ends it.
    this.#transaction.on('error', () => undefined)
    await this.#control(this.#transaction.begin())
  }

  async run(
    statement: string,
    parameters: readonly SqlParameter<unknown>[] = [],
  ): Promise<SqlResult> {
    const { signal } = this.#parts.options
    try {
      return await this.#execute(statement, parameters)
    } catch (error) {
      this.#hasFailed = true
      if (signal.aborted) throw signal.reason
      const failure = this.#errorOf(error, statement, parameters)
      if (failure.code === 'database_unavailable') this.#isBroken = true
      throw await this.#withNearNames(failure, statement)
    }
  }

  /** Ends the transaction, if one was begun, and keeps what was done in it. */
  async commit(): Promise<void> {
    const transaction = this.#transaction
    if (transaction === undefined) return
    // The server would keep the rest, and nobody could tell what.
    if (this.#hasFailed) throw transactionUndone(this.#parts.subject.name)
    this.#transaction = undefined
    await this.#control(transaction.commit())
  }

  /** Undoes what was not kept. A session that cannot even do that is thrown away. */
  async undo(): Promise<void> {
    const transaction = this.#transaction
    this.#transaction = undefined
    if (transaction !== undefined && !this.#isBroken) {
      await this.#control(transaction.rollback()).catch(() => undefined)
    }
    // One that a statement left open: the server undoes it when the connection closes.
    if (this.#parts.lease.connection.inTransaction) this.#isBroken = true
  }

  /** Gives it back. What one user set must not meet the next, so it is swept before. */
  release(): void {
    const { pool, connection } = this.#parts.lease
    if (this.#isBroken) {
      connection.close()
      pool.release(connection)
      return
    }
    // Closing it ends the sweeping too.
    const timer = setTimeout(() => connection.close(), sweepMs)
    connection.reset((error) => {
      clearTimeout(timer)
      if (error) connection.close()
      pool.release(connection)
    })
  }

  /** A request of ours about the session itself. */
  async #control(running: Promise<unknown>): Promise<void> {
    const { connection } = this.#parts.lease
    try {
      await this.#inTime(running, () => connection.close())
    } catch (error) {
      this.#isBroken = true
      throw this.#errorOf(error, '', [])
    }
  }

  async #execute(
    statement: string,
    parameters: readonly SqlParameter<unknown>[],
  ): Promise<SqlResult> {
    const { options } = this.#parts
    options.signal.throwIfAborted()
    const request =
      this.#transaction === undefined
        ? new mssql.Request(this.#leased)
        : this.#transaction.request()
    for (const parameter of parameters) {
      const { type, value } = bindValue(parameter)
      request.input(parameter.name, type, value)
    }
    const running = new SqlServerStatement(request, options.limits ?? nodeLimits)
    return await this.#inTime(running.run(statement), () => running.cancel())
  }

  #inTime<T>(work: Promise<T>, cancel: () => void): Promise<T> {
    const { signal, timeoutSeconds } = this.#parts.options
    return stopInTime(work, {
      signal,
      timeoutSeconds,
      // The server itself has no limit of time.
      graceMs: 0,
      isCancellation: () => false,
      cancel: () => Promise.resolve(cancel()),
      onStop: () => {
        this.#isBroken = true
      },
    })
  }

  #errorOf(
    error: unknown,
    statement: string,
    parameters: readonly SqlParameter<unknown>[],
  ): FlowError {
    return sqlServerStatementError(error, { statement, parameters }, this.#parts.subject)
  }

  /** The catalogue knows what a name that is not there may have meant. */
  async #withNearNames(failure: FlowError, statement: string): Promise<FlowError> {
    const session: SqlSession = { run: (text, values = []) => this.#execute(text, values) }
    return await nearNames(failure, statement, session).catch(() => failure)
  }
}

/**
 * A leased connection as what the driver's requests and transactions take theirs from: they ask for
 * no more of a pool than this.
 */
function poolOfOne({ pool, connection }: Lease): mssql.ConnectionPool {
  const leased = {
    connected: true,
    config: pool.config,
    acquire(_requester: unknown, callback: (error: null, taken: object, config: object) => void) {
      process.nextTick(callback, null, connection, pool.config)
    },
    release: () => undefined,
  }
  return leased as unknown as mssql.ConnectionPool
}
