import type { Table } from '@millrace/nodes'
import { SuggestField } from '../ui/suggest-field.tsx'

export interface ColumnFieldProps {
  /** Its name, for screen readers. */
  readonly label: string
  readonly value: string
  /** The table whose columns are suggested, once it is known. */
  readonly table: Table | undefined
  readonly onChange: (column: string) => void
}

/** The name of a column: one of the table, or any other. */
export function ColumnField({ table, ...props }: ColumnFieldProps) {
  return (
    <SuggestField
      {...props}
      suggestions={(table?.columns ?? []).map(({ name, databaseType }) => ({
        value: name,
        hint: databaseType,
      }))}
    />
  )
}
