import { FlowError } from '@millrace/flow'
import { createTableStatements, type NewColumn, type Table } from '@millrace/nodes'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readTable, runQuery } from '../api/databases-api.ts'
import { RowsTable } from '../properties/rows-table.tsx'
import { useRows } from '../properties/use-rows.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ColumnTypeChoiceSelect } from './column-type-select.tsx'
import styles from './create-table-dialog.module.css'
import { whyNotColumns } from './new-columns.ts'
import { refreshTables } from './tables.ts'
import type { NodeDatabase } from './use-database.ts'

export interface CreateTableDialogProps {
  readonly system: NodeDatabase['system']
  readonly connectionId: string
  /** As the designer wrote it. */
  readonly table: string
  /** What the table is proposed to have. */
  readonly columns: readonly NewColumn[]
  /** Called with the table once the database has it. */
  readonly onCreated: (table: Table) => void
  readonly onClose: () => void
}

const gridColumns = [
  { title: 'Name' },
  { title: 'Type', width: 150 },
  { title: 'Dimensions', width: 96, help: 'Of a vector: as many as the embedding model gives.' },
  { title: 'Key', width: 56, help: 'Belongs to the primary key.', isCentred: true },
  { title: 'Nullable', width: 66, help: 'May be without a value.', isCentred: true },
]

/** Proposes a table, shows the statements that make it, and runs them when that is confirmed. */
export function CreateTableDialog(props: CreateTableDialogProps) {
  const { system, connectionId, table } = props
  const rows = useRows<NewColumn>(props.columns)
  const [isCreating, setCreating] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const made = statementsOf(system, table, rows.list)

  async function create(statements: readonly string[]): Promise<void> {
    setCreating(true)
    setFailure(undefined)
    try {
      for (const statement of statements) {
        await runQuery(connectionId, { statement, parameters: [], commit: true })
      }
      refreshTables(connectionId)
      props.onCreated(await readTable(connectionId, table))
    } catch (thrown) {
      setFailure(toApiError(thrown))
      setCreating(false)
    }
  }

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      size="large"
      title={`Create table ${table}`}
      description="These statements are run, and what they do stays. Nothing is run before you confirm."
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isCreating}
            disabled={'refusal' in made}
            onClick={() => 'statements' in made && void create(made.statements)}
          >
            Create table
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <RowsTable
          label="Columns of the new table"
          noun="column"
          columns={gridColumns}
          rows={rows}
          newRow={(): NewColumn => ({ name: '', type: 'text', key: false, nullable: true })}
          nameOf={({ name }) => name || undefined}
          empty="A table needs a column."
          cells={(column, index, name): readonly ReactNode[] => [
            <TextField
              aria-label={`Name of ${name}`}
              spellCheck={false}
              value={column.name}
              onChange={(typed) => rows.change(index, { ...column, name: typed })}
            />,
            <ColumnTypeChoiceSelect
              label={`Type of ${name}`}
              value={column.type}
              onChange={(type) => rows.change(index, { ...column, type })}
            />,
            column.type === 'vector' ? (
              <NumberField
                label={`Dimensions of ${name}`}
                value={column.dimensions}
                minimum={1}
                maximum={16_000}
                onChange={(dimensions) => {
                  const { dimensions: _, ...rest } = column
                  rows.change(index, dimensions === undefined ? rest : { ...rest, dimensions })
                }}
              />
            ) : null,
            <Checkbox
              label={`Key: ${name}`}
              isOn={column.key}
              onChange={(key) => rows.change(index, { ...column, key })}
            />,
            <Checkbox
              label={`Nullable: ${name}`}
              isOn={column.nullable && !column.key}
              refusal={column.key ? 'A key always has a value.' : undefined}
              onChange={(nullable) => rows.change(index, { ...column, nullable })}
            />,
          ]}
        />
        <h3 className={styles.heading}>Statements</h3>
        {'refusal' in made ? (
          <p className={styles.refusal} role="status">
            <TriangleAlert size={14} aria-hidden />
            {made.refusal}
          </p>
        ) : (
          // It scrolls, so keys must reach it.
          <pre className={styles.statements} tabIndex={0} aria-label="Statements">
            {made.statements.map((statement) => `${statement};`).join('\n\n')}
          </pre>
        )}
        {failure !== undefined && (
          <p className={styles.failure} role="alert">
            <CircleAlert size={14} aria-hidden />
            {failure.message}
          </p>
        )}
      </div>
    </Dialog>
  )
}

function statementsOf(
  system: NodeDatabase['system'],
  table: string,
  columns: readonly NewColumn[],
): { readonly statements: readonly string[] } | { readonly refusal: string } {
  const refusal = whyNotColumns(columns)
  if (refusal !== undefined) return { refusal }
  try {
    return { statements: createTableStatements(system, { table, columns }) }
  } catch (thrown) {
    if (thrown instanceof FlowError) return { refusal: thrown.message }
    throw thrown
  }
}
