import { FlowError, isRecord } from '@millrace/flow'
import type { Kysely, Transaction } from 'kysely'
import type { ReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import type { ConnectionStore, StoredConnection } from './connection-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly readJson: ReadJson
}

/** Connections in the server's own database. */
export function createSqliteConnectionStore({ database, now, readJson }: Options): ConnectionStore {
  async function findIn(
    source: Kysely<StoreSchema> | Transaction<StoreSchema>,
    id: string,
  ): Promise<StoredConnection | undefined> {
    const row = await source
      .selectFrom('connections')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row && connectionOf(row, readJson)
  }

  async function expectRevision(
    transaction: Transaction<StoreSchema>,
    { id, basedOn }: { id: string; basedOn: number | undefined },
  ): Promise<StoredConnection> {
    const connection = await findIn(transaction, id)
    if (connection === undefined) {
      throw new FlowError('not_found', `There is no connection "${id}".`)
    }
    if (basedOn === undefined || basedOn === connection.revision) return connection
    throw new FlowError(
      'conflict',
      `The connection "${id}" was changed elsewhere: it is at revision ${connection.revision}, your change is based on ${basedOn}. Read it again.`,
      { details: { currentRevision: connection.revision } },
    )
  }

  return {
    async list() {
      const rows = await database.selectFrom('connections').selectAll().orderBy('id').execute()
      return rows.map((row) => connectionOf(row, readJson))
    },
    find: (id) => findIn(database, id),
    create: (content) =>
      database.transaction().execute(async (transaction) => {
        if ((await findIn(transaction, content.id)) !== undefined) {
          throw new FlowError(
            'conflict',
            `There is a connection with the id "${content.id}" already. Choose another id.`,
          )
        }
        const connection = { ...content, isDamaged: false, revision: 1, updatedAt: now() }
        await transaction.insertInto('connections').values(rowOf(connection)).execute()
        return connection
      }),
    replace: (id, { basedOn, ...content }) =>
      database.transaction().execute(async (transaction) => {
        const current = await expectRevision(transaction, { id, basedOn })
        const connection = {
          ...current,
          ...content,
          isDamaged: false,
          revision: current.revision + 1,
          updatedAt: now(),
        }
        await transaction
          .updateTable('connections')
          .set(rowOf(connection))
          .where('id', '=', id)
          .execute()
        return connection
      }),
    remove: (id, { basedOn }) =>
      database.transaction().execute(async (transaction) => {
        await expectRevision(transaction, { id, basedOn })
        await transaction.deleteFrom('connections').where('id', '=', id).execute()
      }),
  }
}

type Row = StoreSchema['connections']

function connectionOf(row: Row, readJson: ReadJson): StoredConnection {
  const stored = { table: 'connections', id: row.id, isRight: isRecord }
  const fields = readJson(row.fields, stored)
  const secrets = readJson(row.secrets, stored)
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    // Both were written by `rowOf`.
    fields: (fields ?? {}) as StoredConnection['fields'],
    secrets: (secrets ?? {}) as StoredConnection['secrets'],
    isDamaged: fields === undefined || secrets === undefined,
    revision: row.revision,
    updatedAt: row.updated_at,
  }
}

function rowOf(connection: StoredConnection): Row {
  return {
    id: connection.id,
    kind: connection.kind,
    name: connection.name,
    fields: JSON.stringify(connection.fields),
    secrets: JSON.stringify(connection.secrets),
    revision: connection.revision,
    updated_at: connection.updatedAt,
  }
}
