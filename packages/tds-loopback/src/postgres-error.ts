import type { SqlServerError } from './protocol/tokens.ts'
import { SqlServerFault } from './sql-server-fault.ts'
import type { Query } from './tsql/translate.ts'

/** What PostgreSQL says of an error, as far as it is read here. */
interface PostgresError {
  readonly code: string
  readonly message: string
  readonly detail?: string
  /** In the statement, from 1. */
  readonly position?: string
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
}

/** An error as SQL Server would report it; `query` is the statement that failed, where one did. */
export function sqlServerError(thrown: unknown, query?: Query): SqlServerError {
  if (thrown instanceof SqlServerFault) return thrown.error
  if (!isPostgresError(thrown)) return { number: 50_000, message: String(thrown) }
  const token = query?.tokenAt(Number(thrown.position ?? query.sql.length))
  return { ...translated(thrown, token?.text ?? ''), line: token?.line ?? 1 }
}

function isPostgresError(thrown: unknown): thrown is PostgresError {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
}

function translated(error: PostgresError, near: string): SqlServerError {
  const { code, message, constraint = '', column = '' } = error
  const table = `${error.schema ?? 'dbo'}.${error.table ?? ''}`
  switch (code) {
    case '42P01':
    case '3F000':
      return { number: 208, message: `Invalid object name '${named(message)}'.` }
    case '42703':
      return { number: 207, message: `Invalid column name '${named(message).split('.').at(-1)}'.` }
    case '42601':
      return { number: 102, severity: 15, message: `Incorrect syntax near '${near}'.` }
    case '42883':
      return {
        number: 195,
        severity: 15,
        message: `'${near}' is not a recognized built-in function name.`,
      }
    case '42P07':
      return {
        number: 2714,
        message: `There is already an object named '${named(message)}' in the database.`,
      }
    case '23505': {
      const value = /=(\(.*\)) already/s.exec(error.detail ?? '')?.[1] ?? ''
      return {
        number: 2627,
        severity: 14,
        message: `Violation of PRIMARY KEY constraint '${constraint}'. Cannot insert duplicate key in object '${table}'. The duplicate key value is ${value}.`,
      }
    }
    case '23502':
      return {
        number: 515,
        message: `Cannot insert the value NULL into column '${column}', table '${table}'; column does not allow nulls. INSERT fails.`,
      }
    case '23503':
      return {
        number: 547,
        message: `The INSERT statement conflicted with the FOREIGN KEY constraint "${constraint}".`,
      }
    case '23514':
      return {
        number: 547,
        message: `The INSERT statement conflicted with the CHECK constraint "${constraint}".`,
      }
    case '22001':
      return { number: 8152, message: 'String or binary data would be truncated.' }
    case '22003':
      return {
        number: 8115,
        message: 'Arithmetic overflow error converting expression to data type.',
      }
    case '22012':
      return { number: 8134, message: 'Divide by zero error encountered.' }
    case '22P02':
      return {
        number: 245,
        message: `Conversion failed when converting the nvarchar value '${lastQuoted(message)}' to data type.`,
      }
    case '22007':
    case '22008':
      return {
        number: 241,
        message: 'Conversion failed when converting date and/or time from character string.',
      }
    case '428C9':
      return generatedColumn(error)
    case '40P01':
      return {
        number: 1205,
        severity: 13,
        message: 'Transaction was deadlocked. Rerun the transaction.',
      }
    default:
      return { number: 50_000, message }
  }
}

/** A value for a column that the database fills. */
function generatedColumn({ message, detail = '' }: PostgresError): SqlServerError {
  const column = named(message)
  if (!detail.includes('identity')) {
    return {
      number: 271,
      message: `The column "${column}" cannot be modified because it is either a computed column or is the result of a UNION operator.`,
    }
  }
  return message.includes('updated')
    ? { number: 8102, message: `Cannot update identity column '${column}'.` }
    : {
        number: 544,
        message: `Cannot insert explicit value for identity column in table '${column}' when IDENTITY_INSERT is set to OFF.`,
      }
}

/** The first name in a message of PostgreSQL: `relation "x" does not exist`, `column t.x does not`. */
function named(message: string): string {
  return /"(.*?)"/.exec(message)?.[1] ?? /column (\S+) /.exec(message)?.[1] ?? ''
}

function lastQuoted(message: string): string {
  return /"([^"]*)"$/.exec(message)?.[1] ?? ''
}
