import { FlowError, type PriceTable } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { PriceStore, StoredPrices } from './price-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Prices in the server's own database. */
export function createSqlitePriceStore({ database, now }: Options): PriceStore {
  const read = async (reader: Kysely<StoreSchema>): Promise<StoredPrices> => {
    const row = await reader.selectFrom('prices').selectAll().executeTakeFirst()
    return pricesOf(row ?? { revision: 0, document: null })
  }
  return {
    read: () => read(database),
    save: ({ table, basedOn }) =>
      database.transaction().execute(async (transaction) => {
        const { revision } = await read(transaction)
        if (revision !== basedOn) throw changedElsewhere({ current: revision, basedOn })
        const next = {
          id: 1,
          revision: revision + 1,
          document: table === undefined ? null : JSON.stringify(table),
          updated_at: now(),
        }
        await transaction
          .insertInto('prices')
          .values(next)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(next))
          .execute()
        return pricesOf(next)
      }),
  }
}

function pricesOf(row: Pick<StoreSchema['prices'], 'revision' | 'document'>): StoredPrices {
  // Only tables that were checked are written.
  const table = row.document === null ? undefined : (JSON.parse(row.document) as PriceTable)
  return { revision: row.revision, table }
}

function changedElsewhere(revisions: { readonly current: number; readonly basedOn: number }) {
  const { current, basedOn } = revisions
  return new FlowError(
    'conflict',
    `The prices were changed elsewhere: they are at revision ${current}, your change is based on ${basedOn}. Read them again.`,
    { details: { currentRevision: current } },
  )
}
