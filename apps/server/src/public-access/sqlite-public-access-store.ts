import { FlowError } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { ReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import { closedSettings, publicSettingsSchema, type PublicSettings } from './public-access.ts'
import type { PublicAccessStore, StoredPublicAccess } from './public-access-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly readJson: ReadJson
}

/** The public access of flows in the server's own database. */
export function createSqlitePublicAccessStore({
  database,
  now,
  readJson,
}: Options): PublicAccessStore {
  /** What cannot be read lets nobody in. */
  function settingsOf(row: Pick<StoreSchema['public_access'], 'flow_id' | 'settings'>) {
    const stored = { table: 'public_access', id: row.flow_id, isRight: isSettings }
    return readJson(row.settings, stored) ?? closedSettings
  }

  async function find(reader: Kysely<StoreSchema>, flowId: string): Promise<StoredPublicAccess> {
    const row = await reader
      .selectFrom('public_access')
      .selectAll()
      .where('flow_id', '=', flowId)
      .executeTakeFirst()
    if (row === undefined) return { settings: closedSettings, revision: 0, secretId: undefined }
    const { revision, secret_id: secretId } = row
    return { settings: settingsOf(row), revision, secretId: secretId ?? undefined }
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
      const rows = await database
        .selectFrom('public_access')
        .select(['flow_id', 'settings'])
        .execute()
      return rows
        .map(settingsOf)
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

function isSettings(value: unknown): value is PublicSettings {
  return publicSettingsSchema.safeParse(value).success
}

function changedElsewhere(flowId: string, currentRevision: number, basedOn: number): FlowError {
  return new FlowError(
    'conflict',
    `The public access of "${flowId}" was changed elsewhere: it is at revision ${currentRevision}, your change is based on ${basedOn}. Read it again.`,
    { details: { currentRevision } },
  )
}
