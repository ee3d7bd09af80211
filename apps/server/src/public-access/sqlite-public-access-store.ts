import { FlowError } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import { closedSettings, type PublicSettings } from './public-access.ts'
import type { PublicAccessStore, StoredPublicAccess } from './public-access-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** The public access of flows in the server's own database. */
export function createSqlitePublicAccessStore({ database, now }: Options): PublicAccessStore {
  async function find(reader: Kysely<StoreSchema>, flowId: string): Promise<StoredPublicAccess> {
    const row = await reader
      .selectFrom('public_access')
      .selectAll()
      .where('flow_id', '=', flowId)
      .executeTakeFirst()
    if (row === undefined) return { settings: closedSettings, revision: 0, secretId: undefined }
    const { settings, revision, secret_id: secretId } = row
    return { settings: settingsOf(settings), revision, secretId: secretId ?? undefined }
  }

  async function write(
    writer: Kysely<StoreSchema>,
    flowId: string,
    access: StoredPublicAccess,
  ): Promise<StoredPublicAccess> {
    const row = {
      revision: access.revision,
      settings: JSON.stringify(access.settings),
      secret_id: access.secretId ?? null,
      updated_at: now(),
    }
    await writer
      .insertInto('public_access')
      .values({ flow_id: flowId, ...row })
      .onConflict((conflict) => conflict.column('flow_id').doUpdateSet(row))
      .execute()
    return access
  }

  return {
    find: (flowId) => find(database, flowId),
    save: (flowId, { settings, basedOn }) =>
      database.transaction().execute(async (transaction) => {
        const before = await find(transaction, flowId)
        if (before.revision !== basedOn) throw changedElsewhere(flowId, before.revision, basedOn)
        return write(transaction, flowId, { ...before, settings, revision: basedOn + 1 })
      }),
    saveSecretId: (flowId, secretId) =>
      database.transaction().execute(async (transaction) => {
        const before = await find(transaction, flowId)
        return write(transaction, flowId, { ...before, secretId, revision: before.revision + 1 })
      }),
    async listsOrigin(origin) {
      const rows = await database.selectFrom('public_access').select('settings').execute()
      return rows
        .map(({ settings }) => settingsOf(settings))
        .some(({ mode, origins }) => mode !== 'off' && origins.includes(origin))
    },
    async countMessage(flowId, day) {
      const { count } = await database
        .insertInto('public_messages')
        .values({ flow_id: flowId, day, count: 1 })
        .onConflict((conflict) =>
          conflict.column('flow_id').doUpdateSet(({ eb, ref }) => ({
            day,
            count: eb
              .case()
              .when('public_messages.day', '=', day)
              .then(eb(ref('public_messages.count'), '+', 1))
              .else(1)
              .end(),
          })),
        )
        .returning('count')
        .executeTakeFirstOrThrow()
      return count
    },
  }
}

function settingsOf(text: string): PublicSettings {
  return JSON.parse(text) as PublicSettings // only what was checked is written
}

function changedElsewhere(flowId: string, currentRevision: number, basedOn: number): FlowError {
  return new FlowError(
    'conflict',
    `The public access of "${flowId}" was changed elsewhere: it is at revision ${currentRevision}, your change is based on ${basedOn}. Read it again.`,
    { details: { currentRevision } },
  )
}
