import { FlowError, nearestName, type ErrorDetails, type SqlParameter } from '@millrace/flow'
import { AddressRefused } from '../network/checked-lookup.server.ts'
import type { LoginErrors } from './login-errors.server.ts'
import { StatementErrors } from './sqlserver-statement.server.ts'

/** Which database an error is about. */
export interface SqlServerSubject {
  /** The name of the connection. */
  readonly name: string
  /** Where it is, for messages: `db.example.com:1433`. */
  readonly address: string
}

type ConnectCode =
  | 'address_refused'
  | 'database_failed'
  | 'database_unauthorized'
  | 'database_unavailable'

/** What went wrong with a connection to the server, as an error of ours with what to do about it. */
export function sqlServerConnectError(
  thrown: unknown,
  {
    subject,
    loginErrors,
  }: { readonly subject: SqlServerSubject; readonly loginErrors: LoginErrors },
): FlowError {
  const chain = chainOf(thrown)
  const own = chain.find((error) => error instanceof FlowError)
  if (own !== undefined) return own
  const { name, address } = subject
  const fail = (code: ConnectCode, message: string, details?: ErrorDetails) =>
    new FlowError(code, message, {
      property: 'connection',
      retryable: code === 'database_unavailable' && details?.['reason'] === undefined,
      ...(details === undefined ? {} : { details }),
      cause: thrown,
    })
  if (chain.some((error) => error instanceof AddressRefused)) {
    return fail(
      'address_refused',
      `The address of "${name}", ${address}, is not allowed: it is private, or leads into this machine. Let an operator add it to MILLRACE_ALLOW_HOSTS.`,
    )
  }
  const numbers = chain.flatMap(({ message }) => loginErrors.numbersFor(message))
  const login = loginFailure(numbers, fail, subject)
  if (login !== undefined) return login
  const codes = chain.map(codeOf)
  const has = (pattern: RegExp) => codes.find((code) => pattern.test(code))
  if (has(/^ECONNREFUSED$/) !== undefined) {
    return fail(
      'database_unavailable',
      `"${name}" cannot be reached at ${address}: nothing listens there. Check host and port of the connection, and whether the server runs and takes TCP connections.`,
    )
  }
  if (has(/^(?:ENOTFOUND|EAI_AGAIN)$/) !== undefined) {
    return fail(
      'database_unavailable',
      `"${name}" cannot be reached at ${address}: its name is not known. Check the host of the connection.`,
      { reason: 'unknown_name' },
    )
  }
  const words = chain.map(({ message }) => message).join('\n')
  if (words.includes('did not negotiate encryption')) {
    return fail(
      'database_unavailable',
      `The server of "${name}" does not encrypt connections. Turn Encrypt of the connection off if the way to it is safe, or write Encrypt=false into its connection string.`,
      { reason: 'no_tls' },
    )
  }
  if (words.includes('requires encryption')) {
    return fail(
      'database_unavailable',
      `The server of "${name}" takes encrypted connections only. Turn Encrypt of the connection on, or write Encrypt=true into its connection string.`,
      { reason: 'needs_tls' },
    )
  }
  const certificate = has(/CERT|SIGNED|UNABLE_TO_|ERR_SSL_|ERR_TLS_|EPROTO/)
  if (certificate !== undefined) {
    return fail(
      'database_unavailable',
      `The certificate of "${name}" is not trusted (${certificate}). Give the server a valid one for this host name, let an operator start Millrace with NODE_EXTRA_CA_CERTS, or turn on Trust server certificate.`,
      { reason: 'certificate' },
    )
  }
  if (has(/^ETIMEOUT$/) !== undefined || /timed? ?out/i.test(words)) {
    return fail(
      'database_unavailable',
      `"${name}" did not take a connection at ${address} in time. Check host and port, whether a firewall is between, and whether the database has sessions left.`,
    )
  }
  if (has(lostCodes) !== undefined) return lost(thrown, subject)
  return fail(
    'database_unavailable',
    `What answers at ${address} is no SQL Server, or broke its protocol. Check host and port of "${name}".`,
    { reason: 'no_sqlserver' },
  )
}

/** Of the numbers that a login was answered with, the one that says most decides. */
function loginFailure(
  numbers: readonly number[],
  fail: (code: ConnectCode, message: string, details?: ErrorDetails) => FlowError,
  { name, address }: SqlServerSubject,
): FlowError | undefined {
  const find = (known: readonly number[]) => numbers.find((number) => known.includes(number))
  const database = find([4060, 4062, 4063, 4064])
  if (database !== undefined) {
    return fail(
      'database_failed',
      `The server of "${name}" has no such database, or does not open it to this user (${database}). Check the name of the database in the connection.`,
      { number: database, reason: 'unknown_database' },
    )
  }
  const firewall = find([40_615, 40_914, 47_073])
  if (firewall !== undefined) {
    return fail(
      'database_unavailable',
      `The firewall of "${name}" does not let this machine in (${firewall}). Add its address to the firewall rules of the server.`,
      { number: firewall, reason: 'firewall' },
    )
  }
  const busy = numbers.find((number) => unavailableNumbers.has(number))
  if (busy !== undefined) {
    return fail(
      'database_unavailable',
      `"${name}" at ${address} takes no sessions at the moment (${busy}). Try again; if it stays so, look at the state of the database.`,
      { number: busy },
    )
  }
  const [first] = numbers
  if (first === undefined) return undefined
  return fail(
    'database_unauthorized',
    `"${name}" refused the user or the password (${first}). Check both in the connection.`,
    { number: first },
  )
}

/** Numbers that say that a database is moved, starts, or has no room, as Azure SQL lists them. */
const unavailableNumbers = new Set([
  596, 6005, 6006, 10_928, 10_929, 10_936, 17_142, 18_401, 18_451, 40_143, 40_197, 40_501, 40_540,
  40_613, 42_108, 42_109, 49_918, 49_919, 49_920,
])
/** Codes of the driver and of sockets that say that a session is gone. */
const lostCodes =
  /^E(?:SOCKET|CLOSE|CONNCLOSED|CONNRESET|CONNABORTED|INVALIDSTATE|PIPE|HOSTUNREACH|NETUNREACH|NOTOPEN|TIMEOUT|ABORT)$/

function lost(thrown: unknown, { name, address }: SqlServerSubject, number?: number): FlowError {
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

/** A statement as a designer wrote it, and the values that were bound: none may stand in a message. */
export interface SentStatement {
  readonly statement: string
  readonly parameters: readonly SqlParameter<unknown>[]
}

/** What the server said about a statement, as an error of ours with the line in the designer's text. */
export function sqlServerStatementError(
  thrown: unknown,
  sent: SentStatement,
  subject: SqlServerSubject,
): FlowError {
  if (thrown instanceof FlowError) return thrown
  const errors = (thrown instanceof StatementErrors ? thrown.errors : [thrown]).flatMap(chainOf)
  const own = errors.find((error) => error instanceof FlowError)
  if (own !== undefined) return own
  const said = errors.map(partsOf).find(({ number }) => number !== undefined)
  if (said?.number === undefined) return lost(thrown, subject)
  const { number, line, procedure, message } = said
  if (unavailableNumbers.has(number)) return lost(thrown, subject, number)
  const where = line === undefined ? '' : ` (line ${line})`
  const words = withoutValues(message, sent.parameters)
  return new FlowError(
    'database_failed',
    `"${subject.name}" refused the statement${where}: ${words}. ${remedyFor(number, message, sent)}`,
    {
      retryable: retryableNumbers.has(number),
      details: {
        number,
        ...(line === undefined ? {} : { line }),
        ...(procedure === undefined ? {} : { procedure }),
        ...missingIn(number, message),
      },
      cause: thrown,
    },
  )
}

/** Deadlocks, lock timeouts, and conflicts of snapshots. */
const retryableNumbers = new Set([1205, 1222, 3960, 41_302, 41_305, 41_325])

/** The name that was not found, for whoever can look for near ones. */
function missingIn(number: number, message: string): ErrorDetails {
  const missingName = /'([^']*)'/.exec(message)?.[1]
  if (missingName === undefined) return {}
  if (number === 208) return { reason: 'no_table', missingName }
  return number === 207 ? { reason: 'no_column', missingName } : {}
}

function remedyFor(number: number, message: string, { parameters }: SentStatement): string {
  if (number !== 137) return remedies.get(number) ?? 'Change the statement or its values.'
  const name = /@([^"']+)/.exec(message)?.[1] ?? ''
  const nearest = nearestName(
    name,
    parameters.map((parameter) => parameter.name),
  )
  return nearest === undefined
    ? 'Add it to the parameters, or declare it in the statement.'
    : `Did you mean @${nearest}?`
}

const remedies: ReadonlyMap<number, string> = new Map([
  [102, 'Correct it at this place.'],
  [105, 'Close the quoted text.'],
  [156, 'Correct it at this place.'],
  [195, 'Check the name of the function.'],
  [207, 'Check the name of the column.'],
  [208, 'Check the name of the table, and its schema.'],
  [229, 'Let the owner of the table grant the user of the connection the right to do this.'],
  [230, 'Let the owner of the table grant the user of the connection the right to do this.'],
  [241, 'Check the values that are bound to it, and the types of its parameters.'],
  [245, 'Check the values that are bound to it, and the types of its parameters.'],
  [248, 'The number is too large for the column.'],
  [257, 'Convert the value in the statement, by CONVERT.'],
  [266, 'End the transaction in the same statement that begins it.'],
  [271, 'The database computes the column: leave it out.'],
  [272, 'The database writes the column: leave it out.'],
  [273, 'The database writes the column: leave it out.'],
  [515, 'Give the column a value.'],
  [544, 'The database numbers the column: leave it out, or choose a row that is there.'],
  [547, 'Change the values so that the rule of the table holds.'],
  [1205, 'Another transaction was in the way. Run it again.'],
  [1222, 'Another transaction holds the rows. Run it again.'],
  [2601, 'There is a row with this key already: use Insert or update row, or another key.'],
  [2627, 'There is a row with this key already: use Insert or update row, or another key.'],
  [2628, 'Shorten the value, or make the column wider.'],
  [2714, 'Choose another name, or use the table that is there.'],
  [2812, 'Check the name of the procedure, and its schema.'],
  [8102, 'The database numbers the column: leave it out, or make it a key.'],
  [8114, 'Check the values that are bound to it, and the types of its parameters.'],
  [8115, 'The number is too large for the column.'],
  [8152, 'Shorten the value, or make the column wider.'],
])

/** How the server quotes the values that it could not take. */
const quotedValues: readonly RegExp[] = [
  /(?<=value is )\(.*\)/s,
  /(?<=value:? )'.*'(?= to | overflow|\.?$)/s,
]

function withoutValues(message: string, parameters: readonly SqlParameter<unknown>[]): string {
  const unquoted = quotedValues.reduce((text, pattern) => text.replace(pattern, '…'), message)
  return parameters
    .flatMap(({ value }) => (typeof value === 'string' && value.length > 3 ? [value] : []))
    .reduce((text, value) => text.replaceAll(value, '…'), unquoted)
    .slice(0, 300)
    .replace(/\.$/, '')
}

interface ErrorParts {
  readonly number: number | undefined
  readonly line: number | undefined
  readonly procedure: string | undefined
  readonly message: string
}

/** What the driver puts beside a message: not all of its errors have it. */
type DriverError = Error & {
  readonly number?: unknown
  readonly lineNumber?: unknown
  readonly procName?: unknown
}

function partsOf({ number, lineNumber, procName, message }: DriverError): ErrorParts {
  return {
    number: typeof number === 'number' ? number : undefined,
    line: typeof lineNumber === 'number' && lineNumber > 0 ? lineNumber : undefined,
    procedure: typeof procName === 'string' && procName !== '' ? procName : undefined,
    message,
  }
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** An error with those that led to it, in the several ways in which the driver keeps them. */
function chainOf(thrown: unknown): readonly Error[] {
  const found: Error[] = []
  const waiting: unknown[] = [thrown]
  while (waiting.length > 0) {
    const next = waiting.shift()
    if (!(next instanceof Error) || found.includes(next)) continue
    found.push(next)
    waiting.push('originalError' in next ? next.originalError : undefined, next.cause)
    if (next instanceof AggregateError) waiting.push(...next.errors)
  }
  return found
}
