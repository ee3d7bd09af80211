import { typeOfColumnType, type ColumnTypeChoice, type JsonValue } from '@millrace/flow'
import { CellControl } from '../properties/cell-control.tsx'

export interface ColumnValueCellProps {
  readonly nodeId: string
  /** What the row is called, for screen readers. */
  readonly name: string
  readonly type: ColumnTypeChoice
  /** A binding; null when nothing is set. */
  readonly value: JsonValue
  readonly onChange: (value: JsonValue) => void
}

/** What goes into a column or a parameter, wherever a grid of rows has one. */
export function ColumnValueCell({ nodeId, name, type, value, onChange }: ColumnValueCellProps) {
  return (
    <CellControl
      nodeId={nodeId}
      label={`Value of ${name}`}
      value={value}
      wanted={typeOfColumnType(type)}
      placeholder="null"
      onChange={onChange}
    />
  )
}
