import { FlowError, isRecord } from '@millrace/flow'
import type { Kysely } from 'kysely'
import type { ReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import type { StoredVariable, VariableStore } from './variable-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  readonly readJson: ReadJson
}

/** Variables in the server's own database. */
export function createSqliteVariableStore({ database, readJson }: Options): VariableStore {
  return {
    async list() {
      const rows = await database.selectFrom('variables').selectAll().orderBy('name').execute()
      return rows.map((row) => variableOf(row, readJson))
    },
    change: (name, make) =>
      database.transaction().execute(async (transaction) => {
        const before = await transaction
          .selectFrom('variables')
          .selectAll()
          .where('name', '=', name)
          .executeTakeFirst()
        const after = make(before && variableOf(before, readJson))
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

function variableOf({ name, is_secret: isSecret, values: text }: Row, readJson: ReadJson) {
  const values = readJson(text, { table: 'variables', id: name, isRight: isValues })
  return {
    name,
    isSecret: isSecret === 1,
    values: values ?? {},
    isDamaged: values === undefined,
  } satisfies StoredVariable
}

/** Only environments are written as keys: this tells them from what is damaged. */
function isValues(value: unknown): value is StoredVariable['values'] {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}

function rowOf({ name, isSecret, values }: StoredVariable): Row {
  return { name, is_secret: isSecret ? 1 : 0, values: JSON.stringify(values) }
}
