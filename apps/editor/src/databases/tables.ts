import { listTables, mostTables, readTable } from '../api/databases-api.ts'
import { createLookups, type Lookup } from '../connections/lookup.ts'
import type { Table, TableName } from '@millrace/nodes'

const lists = createLookups(listTables)
const tables = createLookups(readTable)

const none = { status: 'none' } as const
const everything = ['']
const noNames: readonly string[] = []

/** The tables of a connection whose names hold a text; all of them for an empty one. */
export function useTables(
  connectionId: string | undefined,
  search = '',
): Lookup<readonly TableName[]> {
  const [all = none] = lists.use(connectionId, everything)
  // A list that is not full holds every table, so that a search need not ask for them.
  const isFull = all.status === 'ready' && all.value.length >= mostTables
  const [found = none] = lists.use(connectionId, isFull && search !== '' ? [search] : noNames)
  if (isFull && search !== '') return found
  if (all.status !== 'ready') return all
  const text = search.toLowerCase()
  return {
    status: 'ready',
    value: all.value.filter((table) => writtenName(table).toLowerCase().includes(text)),
  }
}

/** A table by what a designer wrote; not looked up without a name. */
export function useTable(
  connectionId: string | undefined,
  name: string | undefined,
): Lookup<Table> {
  const [table = none] = tables.use(connectionId, name === undefined ? noNames : [name])
  return table
}

/** Several tables at once, in the order of their names. */
export function useEachTable(
  connectionId: string | undefined,
  names: readonly string[],
): readonly Lookup<Table>[] {
  return tables.use(connectionId, names)
}

/** Looks everything up anew that is known of the tables of a connection. */
export function refreshTables(connectionId: string): void {
  lists.refresh(connectionId)
  tables.refresh(connectionId)
}

/** The schemas in which a database finds a table without being told. */
const ownSchemas = new Set(['public', 'dbo'])

/** A table's name as a designer would write it: with its schema where that is not the usual one. */
export function writtenName({ schema, name }: TableName): string {
  return ownSchemas.has(schema) ? name : `${schema}.${name}`
}
