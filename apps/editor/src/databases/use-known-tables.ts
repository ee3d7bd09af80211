import { useMemo } from 'react'
import { tableText } from './identifier-text.ts'
import { useEachTable, useTables, writtenName } from './tables.ts'
import type { NodeDatabase } from './use-database.ts'

/** So many tables of a statement are looked up for their columns. */
const mostColumnsOf = 8

/** The tables of the connection for completion, with columns of those that the statement names. */
export function useKnownTables(
  { system, connectionId }: NodeDatabase,
  statement: string,
): Readonly<Record<string, readonly string[]>> {
  const list = useTables(connectionId)
  const known = list.status === 'ready' ? list.value : []
  const words = new Set(statement.toLowerCase().match(/\w+/g) ?? [])
  const named = known
    .filter(({ name }) => words.has(name.toLowerCase()))
    .slice(0, mostColumnsOf)
    .map(writtenName)
  const tables = useEachTable(connectionId, named)
  const found = Object.fromEntries(
    known.map((table) => {
      const lookup = tables[named.indexOf(writtenName(table))]
      const names = lookup?.status === 'ready' ? lookup.value.columns.map(({ name }) => name) : []
      return [tableText(system, table), names] as const
    }),
  )
  // The same tables stay the same object, so that the editor is told of news only.
  const print = JSON.stringify(found)
  return useMemo(() => JSON.parse(print) as typeof found, [print]) // written one line above
}
