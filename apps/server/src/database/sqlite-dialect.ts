import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { SqliteDialect } from 'kysely'

/** Lets Kysely work on a `node:sqlite` database; each statement is prepared once. */
export function sqliteDialect(database: DatabaseSync): SqliteDialect {
  const prepared = new Map<string, PreparedStatement>()
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        let statement = prepared.get(sql)
        if (statement === undefined) {
          statement = prepare(database, sql)
          if (prepared.size < 200) prepared.set(sql, statement)
        }
        return statement
      },
    },
  })
}

interface PreparedStatement {
  readonly reader: boolean
  all(parameters: readonly unknown[]): unknown[]
  run(parameters: readonly unknown[]): ReturnType<StatementSync['run']>
  iterate(parameters: readonly unknown[]): IterableIterator<unknown>
}

function prepare(database: DatabaseSync, sql: string): PreparedStatement {
  const statement = database.prepare(sql)
  // Kysely passes what the store's own typed columns allow: text, numbers, bytes and null.
  const bind = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bind(parameters)),
    run(parameters) {
      // SQLite has done so itself where the disk is full, say; then this would hide why.
      if (sql === 'rollback' && !database.isTransaction) return { changes: 0, lastInsertRowid: 0 }
      return statement.run(...bind(parameters))
    },
    iterate: (parameters) => statement.iterate(...bind(parameters)),
  }
}
