import type { SqlServerError } from './protocol/tokens.ts'

/** An error that the client is to get, in SQL Server's terms. */
export class SqlServerFault extends Error {
  readonly error: SqlServerError

  constructor(error: SqlServerError) {
    super(error.message)
    this.error = error
  }
}
