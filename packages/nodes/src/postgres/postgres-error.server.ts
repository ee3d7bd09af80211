import { FlowError, isRecord, type ErrorDetails } from '@millrace/flow'
import { AddressRefused } from '../network/checked-lookup.server.ts'
import { placeIn } from '../sql/bind-parameters.ts'
import type { WrittenStatement } from './write-statement.ts'

/** Which database an error is about. */
export interface PostgresSubject {
  /** The name of the connection. */
  readonly name: string
  /** Where it is, for messages: `db.example.com:5432`. */
  readonly address: string
  /** What the server says, without the secrets of the connection. */
  withoutSecrets(words: string): string
}

/** What went wrong with a connection to the server, as an error of ours with what to do about it. */
export function postgresConnectError(thrown: unknown, subject: PostgresSubject): FlowError {
  if (thrown instanceof FlowError) return thrown
  const { name, address } = subject
  const fail = (
    code: 'address_refused' | 'database_failed' | 'database_unauthorized' | 'database_unavailable',
    message: string,
    details?: ErrorDetails,
  ) =>
    new FlowError(code, message, {
      property: 'connection',
      retryable: mayPass(code, details),
      ...(details === undefined ? {} : { details }),
      cause: thrown,
    })
  if (thrown instanceof AddressRefused) {
    return fail(
      'address_refused',
      `The address of "${name}", ${address}, is not allowed: it is private, or leads into this machine. Let an operator add it to MILLRACE_ALLOW_HOSTS.`,
    )
  }
  const { code, message } = partsOf(thrown)
  switch (code) {
    case '28P01':
    case '28000':
      return fail(
        'database_unauthorized',
        `"${name}" refused the user or the password (${code}). Check both in the connection.`,
        { sqlState: code },
      )
    case '3D000':
      return fail(
        'database_failed',
        `The server of "${name}" has no such database. Check the name of the database in the connection.`,
        { sqlState: code, reason: 'unknown_database' },
      )
    case 'ECONNREFUSED':
      return fail(
        'database_unavailable',
        `"${name}" cannot be reached at ${address}: nothing listens there. Check host and port of the connection, and whether the server runs.`,
        { reason: 'nothing_listens' },
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail(
        'database_unavailable',
        `"${name}" cannot be reached at ${address}: its name is not known. Check the host of the connection.`,
        { reason: 'unknown_name' },
      )
  }
  // The driver itself finds that there is none to answer with.
  if (message.includes('password must be a')) {
    return fail(
      'database_unauthorized',
      `"${name}" asks for a password, and the connection has none. Enter it there.`,
      { reason: 'no_password' },
    )
  }
  if (/^SASL: (?:Only m|M)echanism/.test(message)) {
    return fail(
      'database_unauthorized',
      `"${name}" wants to be signed in to in a way that is not known here. Let its administrator allow scram-sha-256.`,
    )
  }
  if (message.includes('does not support SSL')) {
    return fail(
      'database_unavailable',
      `The server of "${name}" does not encrypt connections. Set its TLS to "Not encrypted" if the way to it is safe, or write sslmode=disable into its connection string.`,
      { reason: 'no_tls' },
    )
  }
  if (/CERT|SIGNED|UNABLE_TO_|ERR_SSL_|ERR_TLS_|EPROTO/.test(code)) {
    return fail(
      'database_unavailable',
      `The certificate of "${name}" is not trusted (${code}). Give the server a valid one, let an operator start Millrace with NODE_EXTRA_CA_CERTS, or set TLS to “certificate not checked” (sslmode=require in a connection string).`,
      { reason: 'certificate' },
    )
  }
  if (/timeout|ETIMEDOUT/i.test(`${code} ${message}`)) {
    return fail(
      'database_unavailable',
      `"${name}" did not take a connection at ${address} in time. Check host and port, whether a firewall is between, and whether the database has sessions left.`,
    )
  }
  return lostError(thrown, subject) ?? unexpected(thrown, subject)
}

/** Whether trying again may help: nothing listens while a server starts again. */
function mayPass(code: string, details: ErrorDetails | undefined): boolean {
  const reason = details?.['reason']
  return code === 'database_unavailable' && (reason === undefined || reason === 'nothing_listens')
}

/** An error when the server went away or has no room; `undefined` for errors of another kind. */
function lostError(thrown: unknown, { name, address }: PostgresSubject): FlowError | undefined {
  const { code, message } = partsOf(thrown)
  const how = lostHow(code, message)
  if (how === undefined) return undefined
  return new FlowError(
    'database_unavailable',
    `"${name}" at ${address} ${how}. Try again; if it stays so, look at the log of the database.`,
    {
      retryable: true,
      property: 'connection',
      ...(isSqlState(code) ? { details: { sqlState: code } } : {}),
      cause: thrown,
    },
  )
}

function lostHow(code: string, message: string): string | undefined {
  if (code === '57P01' || code === '57P02')
    return 'closed the session, because it stops or restarts'
  if (code === '57P03') return 'is starting up'
  if (code === '53300') return 'has no session left'
  if (code.startsWith('08') || /^Connection terminated|not queryable/.test(message)) {
    return 'broke off the connection'
  }
  return /^E(?:CONNRESET|PIPE|HOSTUNREACH|NETUNREACH|CONNABORTED)$/.test(code)
    ? 'broke off the connection'
    : undefined
}

/** What the server said about a statement, as an error of ours with the place in the designer's text. */
export function postgresStatementError(
  thrown: unknown,
  written: WrittenStatement,
  subject: PostgresSubject,
): FlowError {
  if (thrown instanceof FlowError) return thrown
  const lost = lostError(thrown, subject)
  if (lost !== undefined) return lost
  const { code, message, hint, position, table, column } = partsOf(thrown)
  if (!isSqlState(code)) return unexpected(thrown, subject)
  const words = withoutValues(subject.withoutSecrets(message), code, written)
  const place =
    position === undefined
      ? undefined
      : placeIn(written.statement, written.originOf(offsetOf(position, written.text)))
  const where = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`
  return new FlowError(
    'database_failed',
    `"${subject.name}" refused the statement${where}: ${words}. ${remedyFor(code, message, hint)}`,
    {
      retryable: retryableStates.has(code),
      details: {
        sqlState: code,
        ...place,
        ...reasonFor(code, message, words),
        ...(table === undefined ? {} : { tableName: table }),
        ...(column === undefined ? {} : { columnName: column }),
      },
      cause: thrown,
    },
  )
}

/** Serialization failures, deadlocks, and cancellation by the administrator. */
const retryableStates = new Set(['40001', '40P01', '55P03', '57014'])

/** What is missing, for whoever can look for near names or give the error a title. */
function reasonFor(code: string, message: string, words: string): ErrorDetails {
  if (lacksPgvector(code, message)) return { reason: 'no_pgvector' }
  if (code === '42703') return { reason: 'no_column' }
  if (code !== '42P01') return {}
  const missingName = /^relation "(.+)" does not exist/.exec(words)?.[1]
  return { reason: 'no_table', ...(missingName === undefined ? {} : { missingName }) }
}

function lacksPgvector(code: string, message: string): boolean {
  return (
    (code === '42704' && /type "(?:vector|halfvec)"/.test(message)) ||
    (code === '42883' && /vector|<=>|<->|<#>|<\+>/.test(message))
  )
}

function remedyFor(code: string, message: string, hint: string | undefined): string {
  if (lacksPgvector(code, message)) return pgvectorRemedy
  // What PostgreSQL suggests about names is better than anything that is known here.
  if (code === '42703' && hint !== undefined) return `${hint.split('\n')[0]}`
  return remedies[code] ?? remedies[code.slice(0, 2)] ?? 'Change the statement or its values.'
}

const pgvectorRemedy =
  'The database lacks the extension pgvector. Run: CREATE EXTENSION IF NOT EXISTS vector.'

/** By SQLSTATE, or by its class. */
const remedies: Readonly<Record<string, string>> = {
  '22': 'Check the values that are bound to it, and the types of its parameters.',
  '23505': 'There is a row with this key already: use Insert or update row, or another key.',
  '23502': 'Give the column a value.',
  '23503': 'The row that it points to is not there, or is still pointed to.',
  '23': 'Change the values so that the rule of the table holds.',
  '25006': 'The session may only read.',
  '40': 'Another transaction was in the way. Run it again.',
  '42501': 'Let the owner of the table grant the user of the connection the right to do this.',
  '42601': 'Correct it at this place.',
  '42703': 'Check the name of the column.',
  '42883': 'Check the name of the function and the types of what it gets; give parameters a type.',
  '42P01': 'Check the name of the table, and its schema.',
  '42P18': 'Choose a type for the parameter.',
  '42': 'Correct the statement.',
  '53': 'The database ran out of room or memory.',
  '57014': 'It was cancelled at the database. Run it again.',
}

/** The server quotes what it could not read: none of it may get into a message. */
function withoutValues(message: string, code: string, { parameters }: WrittenStatement): string {
  const [line = ''] = message.split('\n')
  const withoutQuotes = code.startsWith('22') ? line.replaceAll(/"[^]*"/g, '"…"') : line
  return parameters
    .flatMap(({ value }) => (typeof value === 'string' && value.length > 3 ? [value] : []))
    .reduce((text, value) => text.replaceAll(value, '…'), withoutQuotes)
    .slice(0, 300)
    .replace(/\.$/, '')
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code)
}

/** The server counts letters from 1; a letter beyond the basic plane is two units here. */
function offsetOf(position: number, text: string): number {
  return Array.from(text)
    .slice(0, position - 1)
    .join('').length
}

function unexpected(thrown: unknown, { name, address }: PostgresSubject): FlowError {
  return new FlowError(
    'database_unavailable',
    `What answers at ${address} is no PostgreSQL, or broke its protocol. Check host and port of "${name}".`,
    { property: 'connection', cause: thrown },
  )
}

interface ErrorParts {
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  readonly position: number | undefined
  readonly table: string | undefined
  readonly column: string | undefined
}

function partsOf(thrown: unknown): ErrorParts {
  // An AggregateError of several addresses: the first says enough.
  const error =
    thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown
  const parts: Readonly<Record<string, unknown>> = isRecord(error) ? error : {}
  const text = (key: string) => (typeof parts[key] === 'string' ? parts[key] : undefined)
  const position = Number(text('position'))
  return {
    code: text('code') ?? '',
    message: error instanceof Error ? error.message : (text('message') ?? ''),
    hint: text('hint'),
    position: Number.isInteger(position) && position > 0 ? position : undefined,
    table: text('table'),
    column: text('column'),
  }
}
