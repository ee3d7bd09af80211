import { FlowError, type SqlParameter } from '@millrace/flow'
import pg from 'pg'
import { bindParameters } from '../sql/bind-parameters.ts'
import type { OwnedDatabase, SessionOptions, SqlResult, SqlSession } from '../sql/database.ts'
import { withNearTables } from './near-tables.ts'
import { postgresDialect } from './postgres-dialect.ts'
import {
  postgresConnectError,
  postgresStatementError,
  type PostgresSubject,
  type SentStatement,
} from './postgres-error.server.ts'
import { PostgresStatement, UnknownTypes, type RawResult } from './postgres-statement.server.ts'
import { createPostgresTypes, type PostgresTypes } from './postgres-types.server.ts'
import { readValue } from './read-value.ts'
import { parameterOids, writeValue } from './write-value.ts'

/** How a PostgreSQL is reached: a server over the network, or the one in a worker of our own. */
export interface PostgresAccess {
  /** The name of the connection, for messages. */
  readonly name: string
  /** May hold a `stream` of its own. Nothing may be left to the environment of the server. */
  readonly config: pg.PoolConfig
  readonly maxSessions: number
  /** Asks the server to cancel what a session is running; may fail, or come too late. */
  cancel(backend: { readonly processId: number }): Promise<void>
}

/** A result without its own limits ends here, in rows and bytes. */
const nodeLimits = { rows: 10_000, bytes: 8 * 1024 * 1024, whenReached: 'fail' } as const
/** How long the server itself has to end a statement before it is cancelled from here, in milliseconds. */
const guardMs = 1000
/** How long a cancelled statement may take to end before its session is thrown away. */
const givingWayMs = 3000

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
  const subject = { name: access.name, address: port === undefined ? host : `${host}:${port}` }
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
        await session.end(options.transaction === 'rollback' ? 'ROLLBACK' : 'COMMIT')
        return value
      } catch (error) {
        await session.end('ROLLBACK').catch(() => session.giveUp())
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

interface SessionParts {
  readonly client: pg.PoolClient
  readonly access: PostgresAccess
  readonly types: PostgresTypes
  readonly options: SessionOptions
  readonly subject: PostgresSubject
}

/** A session of the pool for the time of one piece of work. */
class PostgresSession implements SqlSession {
  readonly #parts: SessionParts
  #isBroken = false
  #hasFailed = false

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  /** It must not be used again: something may still run in it, or it is cut off. */
  giveUp(): void {
    this.#isBroken = true
  }

  /** Gives it back. What one user set must not meet the next, so it is swept before. */
  release(): void {
    const { client } = this.#parts
    if (this.#isBroken) {
      client.release(true)
      return
    }
    client.query('DISCARD ALL').then(
      () => client.release(),
      () => client.release(true),
    )
  }

  async begin(): Promise<void> {
    const { timeoutSeconds, transaction = 'none' } = this.#parts.options
    await this.#control(
      [
        ...(transaction === 'none' ? [] : ['BEGIN']),
        `SET statement_timeout TO ${timeoutSeconds * 1000}`,
        // As values are read, whatever the server is set to.
        'SET datestyle TO ISO',
        'SET bytea_output TO hex',
      ].join('; '),
    )
  }

  /** Ends a transaction: the one that was asked for, or one that a statement left open. */
  async end(how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    const { client, options } = this.#parts
    if (this.#isBroken) return
    if (client.getTransactionStatus() === 'I') return
    const isOwn = options.transaction !== undefined && options.transaction !== 'none'
    await this.#control(isOwn && !this.#hasFailed ? how : 'ROLLBACK')
    // The server would undo it without a word, which whoever asked for it has to know.
    if (how === 'COMMIT' && this.#hasFailed && isOwn) {
      throw new FlowError(
        'database_failed',
        `A statement failed in a transaction of "${this.#parts.subject.name}", so all of it was undone. Run it again.`,
      )
    }
  }

  /** A statement of ours about the session itself. */
  async #control(text: string): Promise<void> {
    const { client, subject } = this.#parts
    const stopped = this.#stopInTime()
    try {
      await Promise.race([client.query(text), stopped.promise])
    } catch (error) {
      this.#isBroken = true
      throw postgresStatementError(stopped.reason() ?? error, sentAsWritten(text), subject)
    } finally {
      stopped.done()
    }
  }

  async run(
    statement: string,
    parameters: readonly SqlParameter<unknown>[] = [],
  ): Promise<SqlResult> {
    const { client, subject, types } = this.#parts
    const sent = writeStatement(statement, parameters)
    try {
      let raw = await this.#execute(sent)
      if (raw instanceof UnknownTypes) {
        await types.learn(client, raw.oids)
        raw = await this.#execute(sent)
      }
      if (raw instanceof UnknownTypes) throw new Error('The catalogue has no type for a parameter.')
      await types.learn(
        client,
        raw.fields.map(({ dataTypeID }) => dataTypeID),
      )
      return readResult(raw, types)
    } catch (error) {
      this.#hasFailed = true
      if (this.#parts.options.signal.aborted) throw this.#parts.options.signal.reason
      const failure = postgresStatementError(error, sent, subject)
      if (failure.code === 'database_unavailable') this.#isBroken = true
      throw failure
    }
  }

  async #execute(sent: WrittenStatement): Promise<RawResult | UnknownTypes> {
    const { client, options, types } = this.#parts
    options.signal.throwIfAborted()
    const execution = new PostgresStatement({
      text: sent.text,
      oids: sent.parameters.map(({ type }) => parameterOids[type]),
      write: (oids) => {
        const unknown = oids.filter(
          (oid, index) => Array.isArray(sent.values[index]) && types.find(oid) === undefined,
        )
        return unknown.length > 0
          ? new UnknownTypes(unknown)
          : sent.values.map((value, index) => writeValue(value, types.get(oids[index] ?? 0)))
      },
      limits: options.limits ?? nodeLimits,
    })
    const stopped = this.#stopInTime()
    try {
      client.query(execution as unknown as pg.Submittable) // the driver's type of it is too narrow
      return await Promise.race([execution.result, stopped.promise])
    } catch (error) {
      // The server ends what was stopped with an error of its own, which says less.
      const reason = stopped.reason() ?? ownTimeout(error, options)
      throw reason ?? error
    } finally {
      execution.result.catch(() => {})
      stopped.done()
    }
  }

  /**
   * Has a running statement cancelled at the server when the run ends or its time is over. The promise
   * rejects only when the server does not give way: then the session is thrown away.
   */
  #stopInTime() {
    const { client, access, options } = this.#parts
    const { promise, reject } = Promise.withResolvers<never>()
    let reason: unknown
    let givingWay: NodeJS.Timeout | undefined
    const stop = (why: unknown) => {
      if (reason !== undefined) return
      reason = why
      // It may be cancelled so late that it hits whoever comes next.
      this.#isBroken = true
      givingWay = setTimeout(() => reject(why), givingWayMs)
      const { processID } = client as unknown as { readonly processID: number | null } // not in its type
      access.cancel({ processId: processID ?? 0 }).catch(() => reject(why))
    }
    const onAbort = () => stop(options.signal.reason)
    options.signal.addEventListener('abort', onAbort)
    const guard = setTimeout(() => stop(timedOut(options)), options.timeoutSeconds * 1000 + guardMs)
    promise.catch(() => {})
    return {
      promise,
      reason: () => reason,
      done() {
        clearTimeout(guard)
        clearTimeout(givingWay)
        options.signal.removeEventListener('abort', onAbort)
      },
    }
  }
}

interface WrittenStatement extends SentStatement {
  readonly parameters: readonly SqlParameter<unknown>[]
}

/** The statement as the server takes it: each `@name` as `$n`, the same name always as the same. */
function writeStatement(
  statement: string,
  given: readonly SqlParameter<unknown>[],
): WrittenStatement {
  if (statement.includes('\0')) {
    throw new FlowError('database_failed', 'The statement holds a null character. Remove it.')
  }
  const numbers = new Map<SqlParameter<unknown>, number>()
  const origins: { readonly sent: number; readonly written: number; readonly isText: boolean }[] =
    []
  let text = ''
  for (const part of bindParameters(statement, given, 'postgres')) {
    const isText = !('parameter' in part)
    origins.push({ sent: text.length, written: part.start, isText })
    if (isText) {
      text += part.text
      continue
    }
    const number = numbers.get(part.parameter) ?? numbers.size + 1
    numbers.set(part.parameter, number)
    // Right after a word, $1 would be read as its end.
    text += `${/[\w$\u0080-\uFFFF]$/.test(text) ? ' ' : ''}$${number}`
  }
  const parameters = [...numbers.keys()]
  return {
    statement,
    text,
    parameters,
    values: parameters.map(({ value }) => value),
    originOf(offset) {
      const origin = origins.findLast(({ sent }) => sent <= offset)
      if (origin === undefined) return offset
      return origin.isText ? origin.written + offset - origin.sent : origin.written
    },
  }
}

function sentAsWritten(text: string): SentStatement {
  return { statement: text, text, values: [], originOf: (offset) => offset }
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

/** The server's own limit of time ends a statement like any other cancellation. */
function ownTimeout(error: unknown, options: SessionOptions): FlowError | undefined {
  const isTimeout =
    error instanceof Error && /canceling statement due to statement timeout/.test(error.message)
  return isTimeout ? timedOut(options) : undefined
}

function timedOut({ timeoutSeconds }: SessionOptions): FlowError {
  return new FlowError(
    'timeout',
    `The statement took longer than ${timeoutSeconds} s and was cancelled. Make it do less, add an index, or raise its Command timeout.`,
    { retryable: true, property: 'commandTimeout' },
  )
}
