import type { Environment } from '../environments/environment.ts'
import type { KeyLimits, Policy } from './principal.ts'

/** An API key as it is kept: enough to know it again, not enough to be used. Times are epoch milliseconds. */
export interface StoredKey {
  /** A part of the key's text, which is no secret. */
  readonly id: string
  readonly name: string
  /** SHA-256 of the key's secret part, as hex. */
  readonly hash: string
  readonly policies: readonly Policy[]
  readonly flows: readonly string[] | 'all'
  readonly environment: Environment | undefined
  readonly limits: KeyLimits
  readonly createdAt: number
  readonly lastUsedAt: number | null
  /** A revoked key stays, so that whoever still uses it hears what happened. */
  readonly revokedAt: number | null
}

/** Where API keys are kept. A promise that resolves means that the change is durable. */
export interface KeyStore {
  /** Also the revoked ones, the latest first. */
  list(): Promise<readonly StoredKey[]>
  add(key: StoredKey): Promise<void>
  /** Keeps that a key was used or revoked. */
  update(id: string, change: Partial<Pick<StoredKey, 'lastUsedAt' | 'revokedAt'>>): Promise<void>
}
