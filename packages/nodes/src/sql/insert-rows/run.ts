import { implement, type Implementation } from '@millrace/engine'
import { describeType, FlowError, isRecord, typeOfValue } from '@millrace/flow'
import type { SqlSystem } from '../sql-system.ts'
import { blaming, withDatabase } from '../with-database.server.ts'
import { insertRows } from './definition.ts'
import { insertStatements } from './insert-statements.ts'

/** Inserts all records or none. */
export function runInsertRows(system: SqlSystem): Implementation {
  return implement(insertRows(system), async (node) => {
    const records = recordsIn(node.properties.source)
    if (records.length === 0) return { outputs: { rowsInserted: 0 } }
    return withDatabase(
      node,
      { transaction: 'commit' },
      async ({ dialect, session, catalogue }) => {
        const table = await blaming('tableName', () =>
          dialect.findTable(catalogue, node.properties.tableName),
        )
        return blaming('source', async () => {
          let rowsInserted = 0
          for (const { statement, parameters } of insertStatements(dialect, table, records)) {
            rowsInserted += (await session.run(statement, parameters)).affected
          }
          return { outputs: { rowsInserted } }
        })
      },
    )
  })
}

function recordsIn(source: unknown): readonly Readonly<Record<string, unknown>>[] {
  const unfit = (what: string) =>
    new FlowError('input_invalid', `The Source needs a list of records, and ${what}.`, {
      property: 'source',
    })
  if (!Array.isArray(source)) throw unfit(`got ${describeType(typeOfValue(source))}`)
  const items: readonly unknown[] = source
  return items.map((item, index) => {
    if (!isRecord(item)) {
      throw unfit(`its item ${index} is ${describeType(typeOfValue(item))}`)
    }
    if (Object.keys(item).length === 0) throw unfit(`its item ${index} has no fields`)
    return item
  })
}
