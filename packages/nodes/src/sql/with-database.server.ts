import type { Connection, RunContext, Services } from '@millrace/engine'
import { FlowError, type SqlParameter } from '@millrace/flow'
import type { SessionOptions, SqlDialect, SqlSession } from './database.ts'
import { nodeLimitsOf } from './node-limits.server.ts'
import { openDatabase } from './open-database.server.ts'

/** What the nodes of databases have in common. */
export interface DatabaseNode {
  readonly properties: { readonly connection: Connection; readonly commandTimeout: number }
  readonly signal: AbortSignal
  readonly run: RunContext
  readonly services: Services
}

/** A database for the time of one visit of a node. */
export interface NodeDatabase {
  readonly dialect: SqlDialect
  /** Its statements are recorded as calls of the node. */
  readonly session: SqlSession
  /** The same session, for looking things up, which is nobody's call. */
  readonly catalogue: SqlSession
}

/** Does a node's work in a session of its connection's database. */
export async function withDatabase<T>(
  node: DatabaseNode,
  options: Pick<SessionOptions, 'limits' | 'transaction'>,
  work: (database: NodeDatabase) => Promise<T>,
): Promise<T> {
  const { connection, commandTimeout: timeoutSeconds } = node.properties
  const database = await openDatabase(connection, node.services)
  return database.withSession(
    { limits: nodeLimitsOf(node.services), ...options, signal: node.signal, timeoutSeconds },
    (session) =>
      work({ dialect: database.dialect, session: recorded(session, node), catalogue: session }),
  )
}

/** So many characters of a statement, and of each of its values, are kept with its record. */
const longestRecord = 2000
/** The values of so many parameters are kept; a statement may insert a thousand rows. */
const mostRecorded = 100

function recorded(session: SqlSession, { run, services }: DatabaseNode): SqlSession {
  return {
    async run(statement, parameters = []) {
      const startedAt = services.now()
      const start = performance.now()
      try {
        return await session.run(statement, parameters)
      } finally {
        run.call({
          kind: 'query',
          attempt: 1,
          statement: statement.slice(0, longestRecord),
          request: Object.fromEntries(
            parameters
              .slice(0, mostRecorded)
              .map((parameter) => [parameter.name, recordedValue(parameter)]),
          ),
          startedAt,
          ms: performance.now() - start,
        })
      }
    },
  }
}

/** What is long would make a log as large as the database, and the numbers of a vector tell nobody anything. */
function recordedValue({ type, value }: SqlParameter<unknown>): unknown {
  if (Array.isArray(value) && (type === 'vector' || value.length > longestRecordedList)) {
    return `a list of ${value.length}`
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // Undefined has no text.
  if (text === undefined || text.length <= longestRecord) return value
  return `${text.slice(0, longestRecord)}… (${text.length.toLocaleString('en')} characters)`
}

const longestRecordedList = 100

/** Places what goes wrong in some work at a property, where it is not placed yet. */
export async function blaming<T>(property: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof FlowError ? error.in(property) : error
  }
}
