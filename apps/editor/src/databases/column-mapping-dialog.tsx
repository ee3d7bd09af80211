import { type ColumnMappingProperty, type MappedColumn } from '@millrace/flow'
import { Columns3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { DraftDialog } from '../properties/draft-dialog.tsx'
import { RowsTable } from '../properties/rows-table.tsx'
import { useRows } from '../properties/use-rows.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { ColumnField } from './column-field.tsx'
import { ColumnTypeChoiceSelect } from './column-type-select.tsx'
import { ColumnValueCell } from './column-value-cell.tsx'
import styles from './grid-dialog.module.css'
import { missingColumns } from './mapped-columns.ts'
import { columnsForMapping } from './new-columns.ts'
import { TableMissing } from './table-missing.tsx'
import { TableStatus } from './table-status.tsx'
import { isUnknownColumn, UnknownColumn } from './unknown-column.tsx'
import { useNodeTable } from './use-node-table.ts'

export interface ColumnMappingDialogProps {
  readonly nodeId: string
  readonly property: ColumnMappingProperty
  readonly columns: readonly MappedColumn[]
  readonly onAccept: (columns: readonly MappedColumn[]) => void
  readonly onClose: () => void
}

/** The grid of what goes into which column. */
export function ColumnMappingDialog(props: ColumnMappingDialogProps) {
  const { nodeId, property, columns, onAccept, onClose } = props
  const place = useNodeTable(nodeId, property)
  const rows = useRows<MappedColumn>(columns)
  const table = place.table.status === 'ready' ? place.table.value : undefined
  const missing = table === undefined ? [] : missingColumns(rows.list, table)

  return (
    <DraftDialog
      title={`Column value mapping - ${place.database.title}`}
      size="large"
      isChanged={JSON.stringify(rows.list) !== JSON.stringify(columns)}
      note={rows.list.some(({ key }) => key === true) ? '' : 'One column must be a key.'}
      onAccept={() => onAccept(rows.list)}
      onClose={onClose}
    >
      <div className={styles.body}>
        <TableStatus
          of={place}
          whenMissing={
            <TableMissing
              of={place}
              columns={() => columnsForMapping(rows.list)}
              onCreated={(created) => rows.add(...missingColumns(rows.list, created))}
            />
          }
        />
        <RowsTable
          label="Columns"
          noun="column"
          columns={[
            { title: 'Is key', help: 'Says which row is meant.', width: 56, isCentred: true },
            { title: 'Column', width: 200 },
            { title: 'Type', width: 150 },
            { title: 'Value', help: 'What goes into the column. Empty: null.' },
          ]}
          rows={rows}
          newRow={(): MappedColumn => ({ column: '', type: 'auto', value: null })}
          nameOf={({ column }) => column || undefined}
          empty="No columns yet. Add those of the table, or one by one; the keys say which row is meant."
          commands={
            <Button
              size="small"
              variant="quiet"
              icon={<Columns3 size={14} aria-hidden />}
              disabled={missing.length === 0}
              onClick={() => rows.add(...missing)}
            >
              Add columns of the table
            </Button>
          }
          note={(row, index) =>
            isUnknownColumn(row.column, table) && (
              <UnknownColumn
                name={row.column}
                table={table}
                onUse={(column) => rows.change(index, { ...row, column })}
              />
            )
          }
          cells={(row, index, name): readonly ReactNode[] => [
            <Checkbox
              label={`Is key: ${name}`}
              isOn={row.key === true}
              onChange={(isOn) => {
                const { key: _, ...rest } = row
                rows.change(index, isOn ? { ...rest, key: true } : rest)
              }}
            />,
            <ColumnField
              label={`Column of ${name}`}
              value={row.column}
              table={table}
              onChange={(column) => rows.change(index, { ...row, column })}
            />,
            <ColumnTypeChoiceSelect
              label={`Type of ${name}`}
              value={row.type}
              onChange={(type) => rows.change(index, { ...row, type })}
            />,
            <ColumnValueCell
              nodeId={nodeId}
              name={name}
              type={row.type}
              value={row.value}
              onChange={(value) => rows.change(index, { ...row, value })}
            />,
          ]}
        />
      </div>
    </DraftDialog>
  )
}
