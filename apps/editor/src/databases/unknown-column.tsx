import { nearestName } from '@millrace/flow'
import type { Table } from '@millrace/nodes'
import { Hint, usingName } from '../properties/hint.tsx'

export interface UnknownColumnProps {
  readonly name: string
  readonly table: Table | undefined
  readonly onUse: (name: string) => void
}

/** Says that a table does not have a column, with the nearest one that it has. */
export function UnknownColumn({ name, table, onUse }: UnknownColumnProps) {
  const names = table?.columns.map((column) => column.name) ?? []
  const nearest = nearestName(name, names)
  return (
    <Hint
      isWrong
      text={`The table has no column “${name}”.`}
      action={nearest === undefined ? undefined : usingName(nearest, () => onUse(nearest))}
    />
  )
}

/** Whether a name is none of a table's columns, as far as they are known; case does not matter. */
export function isUnknownColumn(name: string, table: Table | undefined): boolean {
  if (table === undefined || name === '') return false
  return table.columns.every((column) => column.name.toLowerCase() !== name.toLowerCase())
}
