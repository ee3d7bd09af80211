import { isRecord } from '@millrace/flow'
import { ApiError } from './api-error.ts'
import { request } from './request.ts'
import { textOfJson } from './text-of-json.ts'

/** The value of a connection's field; a secret only says whether it is set. */
export type StoredField = string | number | boolean | { readonly set: boolean } | FieldRecord
interface FieldRecord {
  readonly [name: string]: unknown
}

/** A connection as the server shows it: secrets are never among its fields. */
export interface StoredConnection {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly fields: Readonly<Record<string, StoredField>>
  readonly revision: string | undefined
  /** Comes with the server; it can be neither edited nor deleted. */
  readonly isBuiltIn: boolean
  /** Its secrets were stored under another key and must be entered again. */
  readonly isLocked: boolean
}

/** What is sent to make or replace one; a secret that is left out keeps its stored value. */
export interface ConnectionInput {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface ConnectionTest {
  readonly ok: boolean
  readonly message: string
}

export async function listConnections(): Promise<readonly StoredConnection[]> {
  const { body } = await request('/connections')
  const list = isRecord(body) ? body['connections'] : body
  if (!Array.isArray(list)) throw unreadable('list of connections')
  return list.filter(isRecord).map(readConnection)
}

export async function createConnection(input: ConnectionInput): Promise<StoredConnection> {
  const { body } = await request('/connections', { method: 'POST', body: input })
  return readConnection(isRecord(body) ? body : {})
}

export async function replaceConnection(
  input: ConnectionInput,
  revision: string | undefined,
): Promise<StoredConnection> {
  const { body } = await request(`/connections/${encodeURIComponent(input.id)}`, {
    method: 'PUT',
    body: input,
    ifMatch: revision,
  })
  return readConnection(isRecord(body) ? body : {})
}

export async function deleteConnection(id: string): Promise<void> {
  await request(`/connections/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

/** Tries a stored connection; a connection that fails its test is an answer, not an error. */
export async function testConnection(id: string): Promise<ConnectionTest> {
  const { body } = await request(`/connections/${encodeURIComponent(id)}/test`, {
    method: 'POST',
    body: {},
    timeoutMs: 60_000,
  })
  if (!isRecord(body) || typeof body['ok'] !== 'boolean') throw unreadable('result of the test')
  return { ok: body['ok'], message: textOfJson(body['message'], '') }
}

/** The models that a connection offers, for the suggestions of a model field. */
export async function listModels(connectionId: string): Promise<readonly string[]> {
  const { body } = await request(`/connections/${encodeURIComponent(connectionId)}/models`)
  const list = isRecord(body) ? body['models'] : body
  return Array.isArray(list) ? list.filter((model) => typeof model === 'string') : []
}

function readConnection(value: Readonly<Record<string, unknown>>): StoredConnection {
  if (typeof value['id'] !== 'string' || typeof value['kind'] !== 'string') {
    throw unreadable('connection')
  }
  return {
    id: value['id'],
    kind: value['kind'],
    name: typeof value['name'] === 'string' ? value['name'] : value['id'],
    // The server's own shape: plain JSON, secrets as { set }.
    fields: (isRecord(value['fields']) ? value['fields'] : {}) as StoredConnection['fields'],
    revision: textOfJson(value['revision'], '') || undefined,
    isBuiltIn: value['builtIn'] === true,
    isLocked: value['locked'] === true,
  }
}

function unreadable(what: string): ApiError {
  return new ApiError(
    'unreadable',
    `The server's answer holds no ${what}. The editor and the server are perhaps of different versions: reload the page.`,
  )
}
