import { columnTypes, type ColumnType, type ColumnTypeChoice } from '@millrace/flow'
import { Select } from '../ui/select.tsx'

const types = Object.entries(columnTypes).map(([value, label]) => ({
  value: value as ColumnType, // the table's own keys
  label,
}))
const choices = [
  { value: 'auto' as const, label: 'Auto', hint: 'What the database finds itself' },
  ...types,
]

export interface ColumnTypeSelectProps<Type extends ColumnTypeChoice> {
  /** Its name, for screen readers. */
  readonly label: string
  readonly value: Type
  readonly onChange: (type: Type) => void
}

/** Chooses the type of a column. */
export function ColumnTypeSelect(props: ColumnTypeSelectProps<ColumnType>) {
  return <Select {...props} options={types} />
}

/** Chooses the type of a value for a database, or leaves that to the database. */
export function ColumnTypeChoiceSelect(props: ColumnTypeSelectProps<ColumnTypeChoice>) {
  return <Select {...props} options={choices} />
}
