import { isRecord, type SqlParameter } from '@millrace/flow'
import type pg from 'pg'
import type { SessionOptions, SqlResult, SqlSession } from '../sql/database.ts'
import { nodeLimits } from '../sql/statement-limits.ts'
import { stopInTime } from '../sql/stop-in-time.server.ts'
import { transactionUndone } from '../sql/transaction-undone.ts'
import type { PostgresAccess } from './postgres-database.server.ts'
import { postgresStatementError, type PostgresSubject } from './postgres-error.server.ts'
import { PostgresStatement, UnknownTypes, type RawResult } from './postgres-statement.server.ts'
import type { PostgresTypes } from './postgres-types.server.ts'
import { readValue } from './read-value.ts'
import { writeStatement, type WrittenStatement } from './write-statement.ts'
import { parameterOids, writeValue } from './write-value.ts'

/** How long the server itself has to end a statement before it is cancelled from here, in milliseconds. */
const graceMs = 1000
/** How long a session may take to be swept, in milliseconds, before it is thrown away. */
const sweepMs = 3000

interface SessionParts {
  readonly client: pg.PoolClient
  readonly access: Pick<PostgresAccess, 'cancel'>
  readonly types: PostgresTypes
  readonly options: SessionOptions
  readonly subject: PostgresSubject
}

/** A session of the pool for the time of one piece of work; whoever takes it releases it. */
export class PostgresSession implements SqlSession {
  readonly #parts: SessionParts
  /** Something may still run in it, or it is cut off. */
  #isBroken = false
  #hasFailed = false

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  /** Begins the transaction if there is to be one. */
  async begin(): Promise<void> {
    const { timeoutSeconds } = this.#parts.options
    await this.#control(
      [
        ...(this.#isTransaction ? ['BEGIN'] : []),
        `SET statement_timeout TO ${timeoutSeconds * 1000}`,
        // As values are read, whatever the server is set to.
        'SET datestyle TO ISO',
        'SET bytea_output TO hex',
      ].join('; '),
    )
  }

  async run(
    statement: string,
    parameters: readonly SqlParameter<unknown>[] = [],
  ): Promise<SqlResult> {
    const { options, subject } = this.#parts
    const written = writeStatement(statement, parameters)
    try {
      return await this.#read(written)
    } catch (error) {
      this.#hasFailed = true
      if (options.signal.aborted) throw options.signal.reason
      const failure = postgresStatementError(error, written, subject)
      if (failure.code === 'database_unavailable') this.#isBroken = true
      throw failure
    }
  }

  /** Ends the transaction, if one was begun, and keeps what was done in it. */
  async commit(): Promise<void> {
    if (!this.#isTransaction) return
    if (!this.#hasFailed) {
      await this.#control('COMMIT')
      return
    }
    // The server would undo it without a word, which whoever asked for it has to know.
    throw transactionUndone(this.#parts.subject.name)
  }

  /** Undoes what was not kept. A session that cannot even do that is thrown away. */
  async undo(): Promise<void> {
    if (this.#isBroken || this.#parts.client.getTransactionStatus() === 'I') return
    await this.#control('ROLLBACK').catch(() => {})
  }

  /** Gives it back. What one user set must not meet the next, so it is swept before. */
  release(): void {
    const { client } = this.#parts
    if (this.#isBroken) {
      client.release(true)
      return
    }
    const { promise: tooLate, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(reject, sweepMs)
    // A statement may have left a transaction open, in which nothing can be discarded.
    const sweeping = this.undo().then(() => client.query('DISCARD ALL'))
    Promise.race([sweeping, tooLate])
      .then(() => client.release(this.#isBroken))
      .catch(() => client.release(true))
      .finally(() => clearTimeout(timer))
  }

  get #isTransaction(): boolean {
    return (this.#parts.options.transaction ?? 'none') !== 'none'
  }

  /** A statement of ours about the session itself. */
  async #control(text: string): Promise<void> {
    const { client, subject } = this.#parts
    try {
      await this.#inTime(client.query(text))
    } catch (error) {
      this.#isBroken = true
      throw postgresStatementError(error, writeStatement(text, []), subject)
    }
  }

  async #read(written: WrittenStatement): Promise<SqlResult> {
    const { client, types } = this.#parts
    let raw = await this.#execute(written)
    if (raw instanceof UnknownTypes) {
      await this.#inTime(types.learn(client, raw.oids))
      raw = await this.#execute(written)
    }
    if (raw instanceof UnknownTypes) throw new Error('The catalogue has no type for a parameter.')
    const oids = raw.fields.map(({ dataTypeID }) => dataTypeID)
    await this.#inTime(types.learn(client, oids))
    return readResult(raw, types)
  }

  async #execute({ text, parameters }: WrittenStatement): Promise<RawResult | UnknownTypes> {
    const { client, options, types } = this.#parts
    options.signal.throwIfAborted()
    const statement = new PostgresStatement({
      text,
      oids: parameters.map(({ type }) => parameterOids[type]),
      write: (oids) => {
        const unknown = oids.filter(
          (oid, index) => Array.isArray(parameters[index]?.value) && !types.isKnown(oid),
        )
        return unknown.length > 0
          ? new UnknownTypes(unknown)
          : parameters.map(({ value }, index) => writeValue(value, types.get(oids[index] ?? 0)))
      },
      limits: options.limits ?? nodeLimits,
    })
    client.query(statement as unknown as pg.Submittable) // the driver's type of it is too narrow
    return this.#inTime(statement.result)
  }

  #inTime<T>(work: Promise<T>): Promise<T> {
    const { client, access, options } = this.#parts
    const { processID } = client as unknown as { readonly processID: number | null } // not in its type
    return stopInTime(work, {
      signal: options.signal,
      timeoutSeconds: options.timeoutSeconds,
      graceMs,
      isCancellation,
      cancel: () => access.cancel({ processId: processID ?? 0 }),
      // It may be cancelled so late that it would hit whoever comes next.
      onStop: () => {
        this.#isBroken = true
      },
    })
  }
}

/** The server's own limit of time ends a statement like any other cancellation. */
function isCancellation(error: unknown): boolean {
  return isRecord(error) && error['code'] === '57014'
}

function readResult({ fields, rows, affected, isCut }: RawResult, types: PostgresTypes): SqlResult {
  const columnTypes = fields.map(({ dataTypeID }) => types.get(dataTypeID))
  return {
    columns: fields.map(({ name }, index) => ({ name, type: columnTypes[index]?.name ?? '' })),
    rows: rows.map((row) =>
      row.map((text, index) => readValue(text, columnTypes[index] ?? { name: '' })),
    ),
    affected,
    isCut,
  }
}
