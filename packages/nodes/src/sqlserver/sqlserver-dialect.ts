import type { SqlDialect } from '../sql/database.ts'
import { quoteIdentifier } from '../sql/quote-identifier.ts'
import { bindCell } from './bind-cell.ts'
import { findTable, listTables } from './sqlserver-catalogue.ts'
import { upsertRow } from './upsert-row.ts'

/** SQL Server, as the nodes need to know it. */
export const sqlServerDialect: SqlDialect = {
  system: 'sqlserver',
  // It takes 2,100, two of which carry the statement and the types of the others.
  maxParameters: 2098,
  quote: (identifier) => quoteIdentifier('sqlserver', identifier),
  listTables,
  findTable,
  bindCell,
  upsertRow,
}
