import type { MappedColumn } from '@millrace/flow'
import type { Table } from '@millrace/nodes'

/** The columns of a table that nothing is mapped to yet, as rows to be filled in. */
export function missingColumns(
  mapped: readonly MappedColumn[],
  { columns }: Table,
): readonly MappedColumn[] {
  const names = new Set(mapped.map(({ column }) => column.toLowerCase()))
  return columns
    .filter(({ name, isGenerated }) => isGenerated !== true && !names.has(name.toLowerCase()))
    .map(({ name, key }): MappedColumn => {
      const row = { column: name, type: 'auto' as const, value: null }
      return key ? { ...row, key } : row
    })
}

/** What is in a mapping, in one line. */
export function summaryOfMapping(columns: readonly MappedColumn[]): string {
  const count = columns.length === 1 ? '1 column' : `${columns.length} columns`
  const keys = columns.filter(({ key }) => key === true).map(({ column }) => column)
  return keys.length === 0 ? count : `${count} · key ${keys.join(', ')}`
}
