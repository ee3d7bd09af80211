import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { FlowError } from '@millrace/flow'
import type { KeyStore, StoredKey } from './key-store.ts'
import type { KeyPrincipal } from './principal.ts'

/** What an operator says of a key when it is made. */
export type KeyWish = Pick<StoredKey, 'name' | 'policies' | 'flows' | 'environment' | 'limits'>

/** The API keys of a server. */
export interface ApiKeys {
  /** The latest first, revoked ones too. */
  list(): readonly StoredKey[]
  /** Whether there ever was one: then whoever runs a flow needs one. */
  areNeeded(): boolean
  /** Makes a key. Its text is answered this once and kept nowhere. */
  create(wish: KeyWish): Promise<{ readonly key: StoredKey; readonly text: string }>
  /** Throws `not_found`. A key that was revoked before stays as it is. */
  revoke(id: string): Promise<void>
  /** Calls `listener` after each key that is revoked, for as long as the server runs. */
  onRevoke(listener: () => void): void
  /** Whose a key is. Throws `unauthorized` for one that is not valid any more, or never was. */
  principalOf(text: string): KeyPrincipal
}

interface Options {
  readonly store: KeyStore
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Told when it could not be kept that a key was used. */
  readonly onFailure: (error: unknown) => void
}

/** How exactly it is kept when a key was last used. */
const lastUsedMs = 60_000

/** Opens the keys of a store, which nobody else changes: each request is answered from memory. */
export async function openApiKeys({ store, now, onFailure }: Options): Promise<ApiKeys> {
  const stored = await store.list()
  const listeners = new Set<() => void>()
  const keys = new Map(stored.toReversed().map((key) => [key.id, key]))

  function noteUse(key: StoredKey): void {
    const usedAt = now()
    if (key.lastUsedAt !== null && usedAt - key.lastUsedAt < lastUsedMs) return
    keys.set(key.id, { ...key, lastUsedAt: usedAt })
    store.update(key.id, { lastUsedAt: usedAt }).catch(onFailure)
  }

  return {
    list: () => [...keys.values()].toReversed(),
    areNeeded: () => keys.size > 0,
    async create(wish) {
      const id = randomBytes(6).toString('hex')
      const secret = randomBytes(24).toString('base64url')
      const key = {
        ...wish,
        id,
        hash: hashOf(secret).toString('hex'),
        createdAt: now(),
        lastUsedAt: null,
        revokedAt: null,
      }
      await store.add(key)
      keys.set(id, key)
      return { key, text: `${startOf(id)}_${secret}` }
    },
    async revoke(id) {
      const key = keys.get(id)
      if (key === undefined) throw new FlowError('not_found', `There is no API key "${id}".`)
      if (key.revokedAt !== null) return
      const revokedAt = now()
      await store.update(id, { revokedAt })
      keys.set(id, { ...key, revokedAt })
      for (const listener of listeners) listener()
    },
    onRevoke(listener) {
      listeners.add(listener)
    },
    principalOf(text) {
      const [, id = '', secret = ''] = /^mr_([0-9a-f]{12})_([\w-]{32})$/.exec(text) ?? []
      const key = keys.get(id)
      if (key === undefined || !timingSafeEqual(hashOf(secret), Buffer.from(key.hash, 'hex'))) {
        throw new FlowError(
          'unauthorized',
          'The API key is not valid. Look whether it was copied whole, or create one on the page API keys of the editor.',
        )
      }
      if (key.revokedAt !== null) {
        throw new FlowError(
          'unauthorized',
          `The API key "${key.name}" (${startOf(id)}…) was revoked. Use another one.`,
        )
      }
      noteUse(key)
      const { policies, flows, environment, limits } = key
      return { kind: 'key', keyId: id, policies, flows, environment, limits }
    },
  }
}

/** How a key's text begins, by which people know it again. */
export function startOf(id: string): string {
  return `mr_${id}`
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
