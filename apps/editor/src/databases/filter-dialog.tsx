import {
  filterOperators,
  readBinding,
  type Filter,
  type FilterOperator,
  type FilterProperty,
  type FilterRow,
} from '@millrace/flow'
import { useMemo, useState, type ReactNode } from 'react'
import { CellControl } from '../properties/cell-control.tsx'
import { DraftDialog } from '../properties/draft-dialog.tsx'
import { RowsTable } from '../properties/rows-table.tsx'
import { useRows } from '../properties/use-rows.ts'
import { Select } from '../ui/select.tsx'
import { listNotation } from './filter-text.ts'
import styles from './filter-dialog.module.css'
import grid from './grid-dialog.module.css'
import { TableStatus } from './table-status.tsx'
import { isUnknownColumn, UnknownColumn } from './unknown-column.tsx'
import { useNodeTable } from './use-node-table.ts'

const matches = [
  { value: 'all', label: 'All of these hold' },
  { value: 'any', label: 'Any of these holds' },
] as const
const operators = Object.entries(filterOperators).map(([value, label]) => ({
  value: value as FilterOperator, // the table's own keys
  label,
}))

export interface FilterDialogProps {
  readonly nodeId: string
  readonly property: FilterProperty
  readonly filter: Filter
  readonly onAccept: (filter: Filter) => void
  readonly onClose: () => void
}

/** The rows of a filter. */
export function FilterDialog({ nodeId, property, filter, onAccept, onClose }: FilterDialogProps) {
  const place = useNodeTable(nodeId, property)
  const rows = useRows<FilterRow>(filter.rows)
  const [match, setMatch] = useState(filter.match)
  const table = place.table.status === 'ready' ? place.table.value : undefined
  const draft: Filter = { match, rows: rows.list }
  const suggestions = useMemo(
    () => ({
      items: (table?.columns ?? []).map(({ name }) => name),
      note: 'The columns are not known. Type a name.',
    }),
    [table],
  )

  return (
    <DraftDialog
      title={`Filter - ${place.database.title}`}
      size="large"
      isChanged={JSON.stringify(draft) !== JSON.stringify(filter)}
      onAccept={() => onAccept(draft)}
      onClose={onClose}
    >
      <div className={grid.body}>
        <TableStatus of={place} />
        {rows.list.length > 1 && (
          <div className={styles.match}>
            <Select
              label="How the rows count together"
              value={match}
              options={matches}
              onChange={setMatch}
            />
          </div>
        )}
        <RowsTable
          label="Filter"
          noun="condition"
          columns={[{ title: 'Field' }, { title: 'Operator', width: 96 }, { title: 'Value' }]}
          rows={rows}
          newRow={(): FilterRow => ({ field: '', operator: 'equals', value: null })}
          nameOf={({ field }) => (typeof field === 'string' && field !== '' ? field : undefined)}
          empty="No conditions, so all records count. Values are bound, so that they can hold anything."
          note={(row, index) => {
            const name = literalFieldOf(row)
            return (
              isUnknownColumn(name, table) && (
                <UnknownColumn
                  name={name}
                  table={table}
                  onUse={(field) => rows.change(index, { ...row, field })}
                />
              )
            )
          }}
          cells={(row, index, name): readonly ReactNode[] => [
            <CellControl
              nodeId={nodeId}
              label={`Field of ${name}`}
              value={row.field === '' ? null : row.field}
              wanted="text"
              placeholder="Column"
              suggestions={suggestions}
              onChange={(field) => rows.change(index, { ...row, field: field ?? '' })}
            />,
            <Select
              label={`Operator of ${name}`}
              value={row.operator}
              options={operators}
              onChange={(operator) => rows.change(index, { ...row, operator })}
            />,
            <CellControl
              nodeId={nodeId}
              label={`Value of ${name}`}
              value={row.value}
              wanted="any"
              placeholder={row.operator === 'in' ? 'One, two, three' : 'null'}
              {...(row.operator === 'in' ? { notation: listNotation } : {})}
              onChange={(value) => rows.change(index, { ...row, value })}
            />,
          ]}
        />
      </div>
    </DraftDialog>
  )
}

function literalFieldOf({ field }: FilterRow): string {
  const binding = readBinding(field)
  return binding?.kind === 'literal' && typeof binding.value === 'string' ? binding.value : ''
}
