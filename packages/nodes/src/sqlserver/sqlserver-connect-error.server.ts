import { FlowError, type ErrorDetails } from '@millrace/flow'
import { AddressRefused } from '../network/checked-lookup.server.ts'
import { chainOf, codeOf } from './error-chain.ts'
import type { LoginErrors } from './login-errors.server.ts'
import { lostCodes, lostError, unavailableNumbers, type SqlServerSubject } from './lost-session.ts'

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
  if (has(lostCodes) !== undefined) return lostError(thrown, subject)
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
