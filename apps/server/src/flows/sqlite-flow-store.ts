import { FlowError } from '@millrace/flow'
import type { Kysely, Transaction } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { FlowStore, StoredFlow } from './flow-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Flows in the server's own database. */
export function createSqliteFlowStore({ database, now }: Options): FlowStore {
  async function find(id: string): Promise<StoredFlow | undefined> {
    const row = await database
      .selectFrom('flows')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row && flowOf(row)
  }

  /** Checks what a change is based on, inside the transaction that makes the change. */
  async function expectRevision(
    transaction: Transaction<StoreSchema>,
    { id, basedOn }: { id: string; basedOn: number | undefined },
  ): Promise<void> {
    const row = await transaction
      .selectFrom('flows')
      .select('revision')
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined) throw new FlowError('not_found', `There is no flow "${id}".`)
    if (basedOn === undefined || basedOn === row.revision) return
    throw new FlowError(
      'conflict',
      `The flow "${id}" was changed elsewhere: it is at revision ${row.revision}, your change is based on ${basedOn}. Read it again, or save your version under another id.`,
      { details: { currentRevision: row.revision } },
    )
  }

  /** Writes the next revision; numbers go on even after a flow was deleted and made again. */
  async function write(
    transaction: Transaction<StoreSchema>,
    { id, text }: { id: string; text: string },
  ): Promise<StoredFlow> {
    const { last } = await transaction
      .selectFrom('flow_revisions')
      .select((select) => select.fn.max('revision').as('last'))
      .where('flow_id', '=', id)
      .executeTakeFirstOrThrow()
    const flow = { id, text, revision: Number(last ?? 0) + 1, updatedAt: now() }
    const row = rowOf(flow)
    await transaction
      .insertInto('flow_revisions')
      .values({ flow_id: id, revision: flow.revision, document: text, saved_at: flow.updatedAt })
      .execute()
    await transaction
      .insertInto('flows')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    return flow
  }

  return {
    async list() {
      const rows = await database.selectFrom('flows').selectAll().orderBy('id').execute()
      return rows.map(flowOf)
    },
    async ids() {
      const rows = await database.selectFrom('flows').select('id').execute()
      return new Set(rows.map(({ id }) => id))
    },
    find,
    create: (id, text) =>
      database.transaction().execute(async (transaction) => {
        const taken = await transaction
          .selectFrom('flows')
          .select('revision')
          .where('id', '=', id)
          .executeTakeFirst()
        if (taken === undefined) return write(transaction, { id, text })
        throw new FlowError(
          'conflict',
          `There is a flow with the id "${id}" already. Choose another id.`,
          { details: { currentRevision: taken.revision } },
        )
      }),
    save: (id, { text, basedOn }) =>
      database.transaction().execute(async (transaction) => {
        await expectRevision(transaction, { id, basedOn })
        return write(transaction, { id, text })
      }),
    remove: (id, { basedOn }) =>
      database.transaction().execute(async (transaction) => {
        await expectRevision(transaction, { id, basedOn })
        await transaction.deleteFrom('flows').where('id', '=', id).execute()
      }),
    async isFresh() {
      const row = await database.selectFrom('flow_revisions').select('flow_id').limit(1).execute()
      return row.length === 0
    },
  }
}

type Row = StoreSchema['flows']

function flowOf(row: Row): StoredFlow {
  return { id: row.id, text: row.document, revision: row.revision, updatedAt: row.updated_at }
}

function rowOf(flow: StoredFlow): Row {
  return {
    id: flow.id,
    document: flow.text,
    revision: flow.revision,
    updated_at: flow.updatedAt,
  }
}
