import type { Kysely } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { KeyStore, StoredKey } from './key-store.ts'

/** API keys in the server's own database. */
export function createSqliteKeyStore(database: Kysely<StoreSchema>): KeyStore {
  return {
    async list() {
      const rows = await database
        .selectFrom('api_keys')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(keyOf)
    },
    async add(key) {
      await database.insertInto('api_keys').values(rowOf(key)).execute()
    },
    async update(id, { lastUsedAt, revokedAt }) {
      await database
        .updateTable('api_keys')
        .set({
          ...(lastUsedAt === undefined ? {} : { last_used_at: lastUsedAt }),
          ...(revokedAt === undefined ? {} : { revoked_at: revokedAt }),
        })
        .where('id', '=', id)
        .execute()
    },
  }
}

function rowOf(key: StoredKey): StoreSchema['api_keys'] {
  return {
    id: key.id,
    name: key.name,
    hash: key.hash,
    policies: JSON.stringify(key.policies),
    flows: JSON.stringify(key.flows),
    environment: key.environment ?? null,
    limits: JSON.stringify(key.limits),
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
    revoked_at: key.revokedAt,
  }
}

function keyOf(row: StoreSchema['api_keys']): StoredKey {
  return {
    id: row.id,
    name: row.name,
    hash: row.hash,
    policies: JSON.parse(row.policies),
    flows: JSON.parse(row.flows),
    // Only keys that were checked are written.
    environment: (row.environment ?? undefined) as StoredKey['environment'],
    limits: JSON.parse(row.limits),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }
}
