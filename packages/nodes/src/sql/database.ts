import type { SqlParameter } from '@millrace/flow'
import type { SqlResult, Table, TableColumn, TableName } from './catalogue.ts'

export type { ResultColumn, SqlResult, Table, TableColumn, TableName } from './catalogue.ts'

/** One session with a database: its statements run in turn, in one transaction if it was asked for. */
export interface SqlSession {
  /**
   * Runs one statement, in which each parameter stands as `@name`. Throws a `FlowError`:
   * `database_failed` for what the database refuses, `database_unavailable` when it is lost.
   */
  run(statement: string, parameters?: readonly SqlParameter<unknown>[]): Promise<SqlResult>
}

export interface SessionOptions {
  /** Cancels the running statement at the database. */
  readonly signal: AbortSignal
  /** For each statement; it is cancelled at the database when that is over. */
  readonly timeoutSeconds: number
  /** Whether the statements count together, or each by itself; `rollback` undoes them at the end. */
  readonly transaction?: 'none' | 'commit' | 'rollback'
  /** The most rows and bytes of a result: at the limit it fails with `limit_exceeded`, or is cut. */
  readonly limits?: {
    readonly rows: number
    readonly bytes: number
    readonly whenReached: 'fail' | 'cut'
  }
}

/** A database behind a connection. One exists for each connection; runs share its pool. */
export interface SqlDatabase {
  readonly dialect: SqlDialect
  /** Takes a session for the time of `work`; what it throws ends the transaction undone. */
  withSession<T>(options: SessionOptions, work: (session: SqlSession) => Promise<T>): Promise<T>
}

/** A database with what it holds open; whoever opened it closes it. */
export interface OwnedDatabase extends SqlDatabase {
  close(): Promise<void>
}

/** A statement with what is bound to it. */
export interface BoundStatement {
  readonly statement: string
  readonly parameters: readonly SqlParameter<unknown>[]
}

/** One column of a row that is written, by its name in the catalogue. */
export interface ColumnValue {
  readonly column: TableColumn
  readonly key: boolean
  readonly value: unknown
}

/** A value for a column as a statement has it: how it stands there, and what is bound as it. */
export interface BoundCell {
  readonly expression: string
  readonly parameter: SqlParameter<unknown>
}

/** What differs between database systems, in the words of the nodes. Pure, but for its sessions. */
export interface SqlDialect {
  readonly system: 'postgres' | 'sqlserver'
  /** Quotes an identifier that was found in the catalogue. */
  quote(identifier: string): string
  /** Lists tables and views whose name holds a text, at most 500, by schema and name. */
  listTables(session: SqlSession, search: string): Promise<readonly TableName[]>
  /**
   * Finds a table by what a designer wrote: `orders`, `sales.orders`, `"My Table"`, `[dbo].[Orders]`.
   * Throws `database_failed` with the nearest names when there is none.
   */
  findTable(session: SqlSession, written: string): Promise<Table>
  /** A value that a statement writes into a column, as the parameter of this name. */
  bindCell(column: TableColumn, name: string, value: unknown): BoundCell
  /** Writes one row over the one with the same keys, or a new one. */
  upsertRow(
    session: SqlSession,
    table: Table,
    values: readonly ColumnValue[],
  ): Promise<'INSERT' | 'UPDATE'>
  /** The most parameters of a statement, so that many rows go in several. */
  readonly maxParameters: number
}
