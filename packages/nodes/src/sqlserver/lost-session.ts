import { FlowError } from '@millrace/flow'

/** Which database an error is about. */
export interface SqlServerSubject {
  /** The name of the connection. */
  readonly name: string
  /** Where it is, for messages: `db.example.com:1433`. */
  readonly address: string
  /** What the server says, without the secrets of the connection. */
  withoutSecrets(words: string): string
}

/** Numbers that say that a database is moved, starts, or has no room, as Azure SQL lists them. */
export const unavailableNumbers = new Set([
  596, 6005, 6006, 10_928, 10_929, 10_936, 17_142, 18_401, 18_451, 40_143, 40_197, 40_501, 40_540,
  40_613, 42_108, 42_109, 49_918, 49_919, 49_920,
])
/** Codes of the driver and of sockets that say that a session is gone. */
export const lostCodes =
  /^E(?:SOCKET|CLOSE|CONNCLOSED|CONNRESET|CONNABORTED|INVALIDSTATE|PIPE|HOSTUNREACH|NETUNREACH|NOTOPEN|TIMEOUT|ABORT)$/

/** The error of a session that is gone; `number` is what the server said of it, if it did. */
export function lostError(
  thrown: unknown,
  { name, address }: SqlServerSubject,
  number?: number,
): FlowError {
  const how =
    number === undefined
      ? 'broke off the connection'
      : `closed the session, because it stops, moves or has no room (${number})`
  return new FlowError(
    'database_unavailable',
    `"${name}" at ${address} ${how}. Try again; if it stays so, look at the log of the database.`,
    {
      retryable: true,
      property: 'connection',
      ...(number === undefined ? {} : { details: { number } }),
      cause: thrown,
    },
  )
}
