import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import type { Environment } from './environments.ts'
import { request } from './request.ts'

/** What a key may be used for. */
export type Policy = 'execute' | 'configure' | 'mcp'

/** An API key, as far as the server shows it. Times are as ISO 8601 writes them. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  /** How the key begins, by which people know it again. */
  readonly start: string
  readonly policies: readonly Policy[]
  /** Null: all flows. */
  readonly flows: readonly string[] | null
  /** Null: any. */
  readonly environment: Environment | null
  /** Null: as much as the server lets. */
  readonly limits: {
    readonly requestsPerMinute: number | null
    readonly concurrentRuns: number | null
  }
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

/** What a new key is to be; without flows or an environment, for all of them. */
export interface KeyWish extends Pick<ApiKey, 'name' | 'policies' | 'limits'> {
  readonly flows?: readonly string[] | undefined
  readonly environment?: Environment | undefined
}

/** A key that was just made, with its text, which is answered this once. */
export interface NewKey extends ApiKey {
  readonly key: string
}

/** The latest first, revoked ones too. */
export async function listKeys(): Promise<readonly ApiKey[]> {
  const { body } = await request('/keys')
  if (!isRecord(body) || !Array.isArray(body['keys'])) throw unreadable('API keys')
  return body['keys'] as readonly ApiKey[] // the server's own shape, which its tests hold
}

export async function createKey(wish: KeyWish): Promise<NewKey> {
  const { body } = await request('/keys', { method: 'POST', body: wish })
  if (!isRecord(body) || typeof body['key'] !== 'string') throw unreadable('API key')
  return body as unknown as NewKey // likewise
}

export async function revokeKey(id: string): Promise<void> {
  await request(`/keys/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
