import { FlowError, type RecordField } from '@millrace/flow'
import { blaming, type NodeDatabase } from '../../sql/with-database.server.ts'
import { readVectorTable, type VectorTable } from './vector-table.ts'

/** What a node says about its table of vectors. */
export interface WrittenVectorTable {
  /** The key of the property that names the table. */
  readonly property: string
  readonly name: string
  readonly recordDefinition: readonly RecordField<unknown>[]
}

/** The table of a node, found in the catalogue and checked against its record definition. */
export async function findVectorTable(
  { dialect, catalogue }: NodeDatabase,
  { property, name, recordDefinition }: WrittenVectorTable,
): Promise<VectorTable> {
  const table = await blaming(property, async () => {
    try {
      return await dialect.findTable(catalogue, name)
    } catch (error) {
      throw withWayOut(error)
    }
  })
  return blaming('recordDefinition', async () =>
    Promise.resolve(readVectorTable(table, recordDefinition)),
  )
}

/** The dialog of the record definition makes the table that it describes. */
function withWayOut(error: unknown): unknown {
  if (!(error instanceof FlowError) || error.details?.['reason'] !== 'no_table') return error
  return error.saying(`${error.message} Create table in Record definition makes a new one.`)
}
