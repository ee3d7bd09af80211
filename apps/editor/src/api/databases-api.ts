import { isRecord, type JsonValue, type SqlParameter } from '@millrace/flow'
import type { SqlResult, Table, TableName } from '@millrace/nodes'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'

/** The most tables that one look-up answers with; when it is full, a search finds the others. */
export const mostTables = 500

/** A statement to try, or to run, on a connection. */
export interface Query {
  readonly statement: string
  readonly parameters: readonly SqlParameter[]
  /** Whether what it changes stays; without it the statement is tried and rolled back. */
  readonly commit?: boolean
  readonly signal?: AbortSignal
}

/** What a statement gave. */
export interface QueryResult extends Omit<SqlResult, 'rows'> {
  readonly rows: readonly (readonly JsonValue[])[]
  /** Whether there was more than the server sends. */
  readonly isCut: boolean
  /** How long the database took. */
  readonly ms: number
}

/** Longer than a look-up may take to connect, so that it is the server that says what was wrong. */
const databaseTimeoutMs = 90_000
/** Longer than the longest time that a statement is given. */
const queryTimeoutMs = 150_000

/** The tables and views of a connection whose names hold a text, by schema and name. */
export async function listTables(
  connectionId: string,
  search: string,
): Promise<readonly TableName[]> {
  const query = search === '' ? '' : `?${new URLSearchParams({ search })}`
  const { body } = await request(`${pathOf(connectionId)}/tables${query}`, {
    timeoutMs: databaseTimeoutMs,
  })
  if (!isRecord(body) || !Array.isArray(body['tables'])) throw unreadable('list of tables')
  return body['tables'] as readonly TableName[] // the server's own shape
}

/** A table by what a designer wrote; fails with `not_found` and `details.suggestions`. */
export async function readTable(connectionId: string, name: string): Promise<Table> {
  const { body } = await request(`${pathOf(connectionId)}/table?${new URLSearchParams({ name })}`, {
    timeoutMs: databaseTimeoutMs,
  })
  if (!isRecord(body) || !isTable(body['table'])) throw unreadable('table')
  return body['table']
}

/** Runs one statement; what the database refuses is an `ApiError`. */
export async function runQuery(
  connectionId: string,
  { signal, ...query }: Query,
): Promise<QueryResult> {
  const { body } = await request(`${pathOf(connectionId)}/query`, {
    method: 'POST',
    body: query,
    timeoutMs: queryTimeoutMs,
    ...(signal === undefined ? {} : { signal }),
  })
  if (!isQueryResult(body)) throw unreadable('result')
  return body
}

/** Told by what the editor goes through; the rest is described by the server's OpenAPI, which its tests hold it to. */
function isTable(value: unknown): value is Table {
  return isRecord(value) && Array.isArray(value['columns'])
}

/** As above. */
function isQueryResult(value: unknown): value is QueryResult {
  return isRecord(value) && Array.isArray(value['columns']) && Array.isArray(value['rows'])
}

function pathOf(connectionId: string): string {
  return `/connections/${encodeURIComponent(connectionId)}`
}
