import { FlowError } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { StoredVariable, VariableStore } from './variable-store.ts'

/** Variables in the server's own database. */
export function createSqliteVariableStore(database: Kysely<StoreSchema>): VariableStore {
  return {
    async list() {
      const rows = await database.selectFrom('variables').selectAll().orderBy('name').execute()
      return rows.map(variableOf)
    },
    change: (name, make) =>
      database.transaction().execute(async (transaction) => {
        const before = await transaction
          .selectFrom('variables')
          .selectAll()
          .where('name', '=', name)
          .executeTakeFirst()
        const after = make(before && variableOf(before))
        const row = rowOf(after)
        await transaction
          .insertInto('variables')
          .values(row)
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
          .execute()
        return after
      }),
    async remove(name) {
      const { numDeletedRows } = await database
        .deleteFrom('variables')
        .where('name', '=', name)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw new FlowError('not_found', `There is no variable "${name}".`)
    },
  }
}

type Row = StoreSchema['variables']

function variableOf({ name, is_secret: isSecret, values }: Row): StoredVariable {
  return { name, isSecret: isSecret === 1, values: JSON.parse(values) }
}

function rowOf({ name, isSecret, values }: StoredVariable): Row {
  return { name, is_secret: isSecret ? 1 : 0, values: JSON.stringify(values) }
}
