import { readBinding } from '@millrace/flow'
import type { Table } from '@millrace/nodes'
import type { ApiError } from '../api/api-error.ts'
import type { Lookup } from '../connections/lookup.ts'
import { useDocument } from '../document/document-store.ts'
import { lastValueOf, useLastValues } from '../properties/last-values.ts'
import { literalTextOf } from '../properties/use-literal.ts'
import { useTable } from './tables.ts'
import { useDatabase, type NodeDatabase } from './use-database.ts'

/** The table that a node reads or writes, as far as it is known before the node runs. */
export interface NodeTable {
  readonly database: NodeDatabase
  /** As it is written, or as a variable held it at last. */
  readonly name: string | undefined
  readonly table: Lookup<Table>
}

/** The table that other properties of a node, by their keys, lead to. */
export function useNodeTable(
  nodeId: string,
  keys: { readonly connection: string; readonly table: string },
): NodeTable {
  const database = useDatabase(nodeId, keys.connection)
  const written = useDocument(
    ({ flow }) => flow.nodes.find(({ id }) => id === nodeId)?.properties?.[keys.table],
  )
  const lastValues = useLastValues(nodeId)
  const binding = written === undefined ? undefined : readBinding(written)
  const last =
    binding?.kind === 'reference' ? lastValueOf(binding.reference, lastValues) : undefined
  const name =
    literalTextOf(written) ?? (typeof last === 'string' && last !== '' ? last : undefined)
  return { database, name, table: useTable(database.connectionId, name) }
}

/** Whether a table could not be looked up because there is none of that name. */
export function isTableMissing({ code, details }: ApiError): boolean {
  return code === 'not_found' || details['reason'] === 'no_table'
}
