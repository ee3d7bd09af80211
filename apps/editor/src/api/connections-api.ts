import { isRecord } from '@millrace/flow'
import type { ConnectionTest, ConnectionTestDetails } from '@millrace/nodes'
import { unreadable } from './api-error.ts'
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

/** Longer than the server waits for a provider, so that it is the server that says what was wrong. */
const providerTimeoutMs = 60_000

/** A flow that uses a connection, with the nodes in it that name the connection. */
export interface FlowUse {
  readonly id: string
  readonly name: string
  readonly nodes: readonly { readonly id: string; readonly title: string }[]
}

/** Which flows use which connections. */
export interface ConnectionUses {
  readonly byConnection: ReadonlyMap<string, readonly FlowUse[]>
  /** The ids of flows that the server could not look into. */
  readonly unreadFlows: readonly string[]
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

/** Stores a copy of a connection, with its secrets, which never leave the server. */
export async function duplicateConnection(id: string): Promise<StoredConnection> {
  const { body } = await request(`/connections/${encodeURIComponent(id)}/duplicate`, {
    method: 'POST',
  })
  return readConnection(isRecord(body) ? body : {})
}

/** Tries a stored connection; a connection that fails its test is an answer, not an error. */
export async function testConnection(id: string): Promise<ConnectionTest> {
  return askForTest(`/connections/${encodeURIComponent(id)}/test`, {})
}

/**
 * Tries a connection as it stands in a form. With the id of a stored one, the server uses the stored
 * secrets that the form leaves as they are, but only at the stored address.
 */
export async function testUnsaved(
  draft: Omit<ConnectionInput, 'id'> & { readonly id?: string | undefined },
): Promise<ConnectionTest> {
  return askForTest('/connections/test', draft)
}

async function askForTest(path: string, sent: unknown): Promise<ConnectionTest> {
  const { body } = await request(path, {
    method: 'POST',
    body: sent,
    timeoutMs: providerTimeoutMs,
  })
  if (!isRecord(body) || typeof body['ok'] !== 'boolean') throw unreadable('result of the test')
  const { ok } = body
  const details = isRecord(body['details']) ? body['details'] : {}
  const summary = textOfJson(details['summary'], ok ? 'It works' : 'It does not work')
  return {
    ok,
    message: textOfJson(body['message'], ''),
    // The other fields are optional, and the server's tests hold them against their description.
    details: { ...details, summary } as ConnectionTestDetails,
  }
}

/** Which flows use which connections; with an id, only that one is looked up. */
export async function readConnectionUses(connectionId?: string): Promise<ConnectionUses> {
  const query =
    connectionId === undefined ? '' : `?${new URLSearchParams({ connection: connectionId })}`
  const { body } = await request(`/connection-uses${query}`)
  const { connections, unreadFlows } = isRecord(body) ? body : {}
  if (!Array.isArray(connections) || !Array.isArray(unreadFlows))
    throw unreadable('uses of connections')
  const uses = connections.filter(isRecord).map(
    // The server's own shape, as above.
    ({ id, flows }) => [textOfJson(id, ''), flows as readonly FlowUse[]] as const,
  )
  return {
    byConnection: new Map(uses),
    unreadFlows: unreadFlows.filter((flow) => typeof flow === 'string'),
  }
}

/** The models that a connection offers, for the suggestions of a model field. */
export async function listModels(connectionId: string): Promise<readonly string[]> {
  const { body } = await request(`/connections/${encodeURIComponent(connectionId)}/models`, {
    timeoutMs: providerTimeoutMs,
  })
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
