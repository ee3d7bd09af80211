import { FlowError } from '@millrace/flow'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { FlowStore, StoredFlow } from './flow-store.ts'
import { createFlowRevisions, type RevisionOptions } from './sqlite-flow-revisions.ts'

/** Flows in the server's own database. */
export function createSqliteFlowStore(options: RevisionOptions): FlowStore {
  const { database, now } = options
  const revisions = createFlowRevisions(options)

  async function find(id: string): Promise<StoredFlow | undefined> {
    const row = await database
      .selectFrom('flows')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row && flowOf(row)
  }

  /** Checks what a change is based on, inside the transaction that makes it; gives the current one. */
  async function expectRevision(
    transaction: Transaction<StoreSchema>,
    { id, basedOn }: { id: string; basedOn: number | undefined },
  ): Promise<number> {
    const row = await transaction
      .selectFrom('flows')
      .select('revision')
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined) throw new FlowError('not_found', `There is no flow "${id}".`)
    if (basedOn === undefined || basedOn === row.revision) return row.revision
    throw new FlowError(
      'conflict',
      `The flow "${id}" was changed elsewhere: it is at revision ${row.revision}, your change is based on ${basedOn}. Read it again, or save your version under another id.`,
      { details: { currentRevision: row.revision } },
    )
  }

  /** Puts a text where clients read it, and among the revisions. */
  async function write(
    transaction: Transaction<StoreSchema>,
    { id, text }: { id: string; text: string },
  ): Promise<StoredFlow> {
    const revision = await revisions.write(transaction, { id, text })
    const flow = { id, text, revision, updatedAt: now() }
    const row = rowOf(flow)
    await transaction
      .insertInto('flows')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    return flow
  }

  async function expectFree(
    transaction: Transaction<StoreSchema>,
    { id, whatToDo }: { id: string; whatToDo: string },
  ): Promise<void> {
    const taken = await transaction
      .selectFrom('flows')
      .select('revision')
      .where('id', '=', id)
      .executeTakeFirst()
    if (taken === undefined) return
    throw new FlowError('conflict', `There is a flow with the id "${id}" already. ${whatToDo}`, {
      details: { currentRevision: taken.revision },
    })
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
    async containing(part) {
      const rows = await database
        .selectFrom('flows')
        .selectAll()
        .where(sql`instr(document, ${part})`, '>', 0)
        .orderBy('id')
        .execute()
      return rows.map(flowOf)
    },
    create: (id, text) =>
      database.transaction().execute(async (transaction) => {
        await expectFree(transaction, { id, whatToDo: 'Choose another id.' })
        const { numDeletedRows } = await transaction
          .deleteFrom('deleted_flows')
          .where('flow_id', '=', id)
          .executeTakeFirst()
        // The tests, and what was published, were of another flow, which was called the same.
        if (numDeletedRows > 0) {
          await transaction.deleteFrom('flow_tests').where('flow_id', '=', id).execute()
          await withdraw(transaction, { id, at: now() })
        }
        return write(transaction, { id, text })
      }),
    save: (id, { text, basedOn }) =>
      database.transaction().execute(async (transaction) => {
        await expectRevision(transaction, { id, basedOn })
        return write(transaction, { id, text })
      }),
    remove: (id, { basedOn }) =>
      database.transaction().execute(async (transaction) => {
        const revision = await expectRevision(transaction, { id, basedOn })
        await transaction.deleteFrom('flows').where('id', '=', id).execute()
        await transaction
          .insertInto('deleted_flows')
          .values({ flow_id: id, revision, deleted_at: now() })
          .execute()
      }),
    async listDeleted() {
      const rows = await deletedFlows(database).orderBy('deleted_at', 'desc').execute()
      return rows.map((row) => ({ ...flowOf(row), deletedAt: row.deleted_at }))
    },
    restore: (id) =>
      database.transaction().execute(async (transaction) => {
        const whatToDo =
          'Either it was brought back already, or a new one took its id, and has its versions.'
        await expectFree(transaction, { id, whatToDo })
        const row = await deletedFlows(transaction)
          .where('deleted_flows.flow_id', '=', id)
          .executeTakeFirst()
        if (row === undefined)
          throw new FlowError('not_found', `There is no deleted flow "${id}" to bring back.`)
        await transaction.deleteFrom('deleted_flows').where('flow_id', '=', id).execute()
        const flow = flowOf(row)
        await transaction.insertInto('flows').values(rowOf(flow)).execute()
        return flow
      }),
    revisions: revisions.list,
    findRevision: revisions.find,
    nameRevision: revisions.name,
    async isFresh() {
      const row = await database.selectFrom('flow_revisions').select('flow_id').limit(1).execute()
      return row.length === 0
    },
  }
}

/** Takes away what is published of a flow, wherever it is. */
async function withdraw(
  transaction: Transaction<StoreSchema>,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<void> {
  const rows = await transaction
    .selectFrom('flow_publications')
    .select('environment')
    .distinct()
    .where('flow_id', '=', id)
    .execute()
  for (const { environment } of rows) {
    await transaction
      .insertInto('flow_publications')
      .values({ flow_id: id, environment, revision: null, at })
      .execute()
  }
}

/** The deleted flows, each with its last text. */
function deletedFlows(database: Kysely<StoreSchema>) {
  return database
    .selectFrom('deleted_flows')
    .innerJoin('flow_revisions', (join) =>
      join
        .onRef('flow_revisions.flow_id', '=', 'deleted_flows.flow_id')
        .onRef('flow_revisions.revision', '=', 'deleted_flows.revision'),
    )
    .select([
      'deleted_flows.flow_id as id',
      'deleted_flows.revision as revision',
      'document',
      'saved_at as updated_at',
      'deleted_at',
    ])
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
