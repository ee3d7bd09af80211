import type { Connection, Services } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import type { ErrorShape, JsonValue, RunEvent, SqlParameter } from '@millrace/flow'
import { runNodes, type FlowUnderTest } from '../../testing/run-nodes.server.ts'
import type { SessionOptions, SqlDatabase, SqlResult, SqlSession } from '../database.ts'
import { openDatabase } from '../open-database.server.ts'
import type { SqlSystem } from '../sql-system.ts'

/** How one system writes what the contract needs. Tables are made anew for each test. */
export interface SqlWords {
  /** `people`: id (its key, whole numbers), name (text, not null), age, note (both may be null). */
  readonly createPeople: string
  /** `visits`: person and day, together no key of the table; hits, 0 if it is left out. */
  readonly createVisits: string
  /** Drops a table if it is there. */
  readonly drop: (table: string) => string
  /** Gives so many rows of a whole number `n`. */
  readonly numbers: (count: number) => string
  /** Gives a text of so many letters. */
  readonly longText: (length: number) => string
  /** Takes so many seconds. */
  readonly sleep: (seconds: number) => string
  /** A statement whose mistake is in line 2. */
  readonly mistakeInLine2: string
}

/** A database to hold to the contract. */
export interface SqlUnderTest {
  readonly system: SqlSystem
  readonly connection: Connection
  readonly words: SqlWords
}

type Parameters = Readonly<Record<string, unknown>>

/** Short ways to ask a database in tests, and to run nodes on it. */
export interface SqlDriver {
  readonly database: SqlDatabase
  readonly words: SqlWords
  withSession<T>(
    options: Partial<SessionOptions>,
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T>
  run(
    statement: string,
    parameters?: Parameters,
    options?: Partial<SessionOptions>,
  ): Promise<SqlResult>
  /** Runs one node, by the end of its type; gives its outputs, or how it failed. */
  node(type: string, properties: Properties): Promise<NodeOutcome>
  /** The same, with all that is recorded of it. */
  events(type: string, properties: Properties, options?: RunOptions): Promise<readonly RunEvent[]>
}

type Properties = Readonly<Record<string, JsonValue>>
interface RunOptions extends Pick<FlowUnderTest, 'signal' | 'trace'> {
  readonly resultLimits?: NonNullable<Services['resultLimits']>
}

export type NodeOutcome =
  | { readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly error: ErrorShape }

export async function openSqlDriver({
  system,
  connection,
  words,
}: SqlUnderTest): Promise<SqlDriver> {
  const services = fakeServices({ connections: [connection] })
  const database = await openDatabase(connection, services)
  const withSession: SqlDriver['withSession'] = (options, work) =>
    database.withSession(
      { signal: new AbortController().signal, timeoutSeconds: 30, ...options },
      work,
    )
  const runNode: SqlDriver['events'] = (type, properties, { resultLimits, ...options } = {}) =>
    runNodes({
      nodes: [
        {
          id: 'node',
          type: `${system.id}.${type}`,
          properties: { connection: connection.id, ...properties },
        },
      ],
      edges: [],
      services: resultLimits === undefined ? services : { ...services, resultLimits },
      ...options,
    })
  return {
    database,
    words,
    withSession,
    run: (statement, parameters = {}, options = {}) =>
      withSession(options, (session) => session.run(statement, autoParameters(parameters))),
    events: runNode,
    async node(type, properties) {
      const events = await runNode(type, properties)
      for (const event of events) {
        if (event.type === 'node-error') return { error: event.error }
        if (event.type === 'node-end') return { outputs: event.outputs ?? {} }
      }
      throw new Error(`The node did not end: ${JSON.stringify(events.at(-1))}`)
    },
  }
}

export function autoParameters(parameters: Parameters): readonly SqlParameter<unknown>[] {
  return Object.entries(parameters).map(([name, value]) => ({ name, type: 'auto', value }))
}

/** The value of a SQL property. */
export function sql(statement: string, parameters: Readonly<Record<string, JsonValue>> = {}) {
  return {
    statement,
    parameters: Object.entries(parameters).map(([name, value]) => ({
      name,
      type: 'auto',
      value: { $literal: value },
    })),
  }
}
