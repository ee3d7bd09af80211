import { isRecord } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { ReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import type { KeyStore, StoredKey } from './key-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  readonly readJson: ReadJson
}

/** API keys in the server's own database. */
export function createSqliteKeyStore({ database, readJson }: Options): KeyStore {
  return {
    async list() {
      const rows = await database
        .selectFrom('api_keys')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map((row) => keyOf(row, readJson))
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

function keyOf(row: StoreSchema['api_keys'], readJson: ReadJson): StoredKey {
  return {
    id: row.id,
    name: row.name,
    hash: row.hash,
    ...(rightsOf(row, readJson) ?? noRights),
    // Only keys that were checked are written.
    environment: (row.environment ?? undefined) as StoredKey['environment'],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }
}

type Rights = Pick<StoredKey, 'policies' | 'flows' | 'limits'>

/** What a key may do that is damaged: nothing, and yet it is there, so that the server stays closed. */
const noRights: Rights = {
  policies: [],
  flows: [],
  limits: { requestsPerMinute: null, concurrentRuns: null },
}

function rightsOf(row: StoreSchema['api_keys'], readJson: ReadJson): Rights | undefined {
  const stored = { table: 'api_keys', id: row.id }
  const policies = readJson(row.policies, { ...stored, isRight: isPolicies })
  const flows = readJson(row.flows, { ...stored, isRight: isFlows })
  const limits = readJson(row.limits, { ...stored, isRight: isLimits })
  if (policies === undefined || flows === undefined || limits === undefined) return undefined
  return { policies, flows, limits }
}

// Only what was checked is written: these tell it from what is damaged.
function isPolicies(value: unknown): value is Rights['policies'] {
  return Array.isArray(value)
}

function isFlows(value: unknown): value is Rights['flows'] {
  return value === 'all' || Array.isArray(value)
}

function isLimits(value: unknown): value is Rights['limits'] {
  return isRecord(value)
}
