import { FlowError } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { FlowTestStore, StoredFlowTests } from './flow-test-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Tests of flows in the server's own database. */
export function createSqliteFlowTestStore({ database, now }: Options): FlowTestStore {
  return {
    async find(flowId) {
      const row = await database
        .selectFrom('flow_tests')
        .selectAll()
        .where('flow_id', '=', flowId)
        .executeTakeFirst()
      return row && testsOf(row)
    },
    save: (flowId, { text, basedOn }) =>
      database.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('flow_tests')
          .select('revision')
          .where('flow_id', '=', flowId)
          .executeTakeFirst()
        const current = row?.revision ?? 0
        if (current !== basedOn) throw changedElsewhere(flowId, { current, basedOn })
        const next = { flow_id: flowId, revision: current + 1, document: text, updated_at: now() }
        await transaction
          .insertInto('flow_tests')
          .values(next)
          .onConflict((conflict) => conflict.column('flow_id').doUpdateSet(next))
          .execute()
        return testsOf(next)
      }),
  }
}

function testsOf(row: StoreSchema['flow_tests']): StoredFlowTests {
  return {
    flowId: row.flow_id,
    text: row.document,
    revision: row.revision,
    updatedAt: row.updated_at,
  }
}

function changedElsewhere(
  flowId: string,
  { current, basedOn }: { readonly current: number; readonly basedOn: number },
): FlowError {
  return new FlowError(
    'conflict',
    `The tests of "${flowId}" were changed elsewhere: they are at revision ${current}, your change is based on ${basedOn}. Read them again.`,
    { details: { currentRevision: current } },
  )
}
