import type { Kysely } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { SessionStore } from './session-store.ts'

/** The operator's sessions in the server's own database. */
export function createSqliteSessionStore(database: Kysely<StoreSchema>): SessionStore {
  return {
    async find(hash) {
      const row = await database
        .selectFrom('operator_sessions')
        .selectAll()
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row && { hash: row.hash, expiresAt: row.expires_at }
    },
    async add({ hash, expiresAt }, now) {
      await database.deleteFrom('operator_sessions').where('expires_at', '<=', now).execute()
      await database
        .insertInto('operator_sessions')
        .values({ hash, expires_at: expiresAt })
        .execute()
    },
    async remove(hash) {
      await database.deleteFrom('operator_sessions').where('hash', '=', hash).execute()
    },
  }
}
