import { FlowError, isRecord, type PriceTable } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { ReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import type { PriceStore, StoredPrices } from './price-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly readJson: ReadJson
}

/** Prices in the server's own database. */
export function createSqlitePriceStore({ database, now, readJson }: Options): PriceStore {
  const read = async (reader: Kysely<StoreSchema>): Promise<StoredPrices> => {
    const row = await reader.selectFrom('prices').selectAll().executeTakeFirst()
    return pricesOf(row ?? { revision: 0, document: null }, readJson)
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
        return pricesOf(next, readJson)
      }),
  }
}

function pricesOf(
  { revision, document }: Pick<StoreSchema['prices'], 'revision' | 'document'>,
  readJson: ReadJson,
): StoredPrices {
  const stored = { table: 'prices', id: '1', isRight: isPriceTable }
  return { revision, table: document === null ? undefined : readJson(document, stored) }
}

/** Only tables that were checked are written: this tells them from what is damaged. */
function isPriceTable(value: unknown): value is PriceTable {
  return isRecord(value) && Array.isArray(value['models'])
}

function changedElsewhere(revisions: { readonly current: number; readonly basedOn: number }) {
  const { current, basedOn } = revisions
  return new FlowError(
    'conflict',
    `The prices were changed elsewhere: they are at revision ${current}, your change is based on ${basedOn}. Read them again.`,
    { details: { currentRevision: current } },
  )
}
