import { type FieldRole, type RecordDefinitionProperty, type RecordField } from '@millrace/flow'
import type { Table } from '@millrace/nodes'
import { Wand2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useDocument } from '../document/document-store.ts'
import { DraftDialog } from '../properties/draft-dialog.tsx'
import { RowsTable } from '../properties/rows-table.tsx'
import { useRows } from '../properties/use-rows.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { ColumnField } from './column-field.tsx'
import { ColumnTypeSelect } from './column-type-select.tsx'
import { ColumnValueCell } from './column-value-cell.tsx'
import styles from './grid-dialog.module.css'
import {
  guessFields,
  roleOf,
  rolesFor,
  roleTitles,
  whyNotRole,
  withRole,
  withType,
} from './record-fields.ts'
import { columnsForFields, embedderDimensions } from './new-columns.ts'
import { TableMissing } from './table-missing.tsx'
import { TableStatus } from './table-status.tsx'
import { isUnknownColumn, UnknownColumn } from './unknown-column.tsx'
import { useNodeTable } from './use-node-table.ts'

export interface RecordDefinitionDialogProps {
  readonly nodeId: string
  readonly property: RecordDefinitionProperty
  readonly fields: readonly RecordField[]
  readonly onAccept: (fields: readonly RecordField[]) => void
  readonly onClose: () => void
}

/** The grid of the fields of a table of vectors. */
export function RecordDefinitionDialog(props: RecordDefinitionDialogProps) {
  const { nodeId, property, fields, onAccept, onClose } = props
  const place = useNodeTable(nodeId, property)
  const rows = useRows<RecordField>(fields)
  const [told, setTold] = useState('')
  const roles = rolesFor(property.purpose)
  const isSaving = property.purpose === 'save'
  const table = place.table.status === 'ready' ? place.table.value : undefined
  const flow = useDocument((document) => document.flow)
  const fill = (from: Table) => {
    const guessed = guessFields(from, property.purpose)
    rows.set(guessed.fields)
    setTold(guessed.told)
  }

  return (
    <DraftDialog
      title={`Record definition - ${place.database.title}`}
      size={isSaving ? 'wide' : 'large'}
      isChanged={JSON.stringify(rows.list) !== JSON.stringify(fields)}
      note={<span role="status">{told}</span>}
      onAccept={() => onAccept(rows.list)}
      onClose={onClose}
    >
      <div className={styles.body}>
        <TableStatus
          of={place}
          whenMissing={
            <TableMissing
              of={place}
              columns={() => columnsForFields(rows.list, embedderDimensions(flow, nodeId))}
              onCreated={(created) => rows.list.length === 0 && fill(created)}
            />
          }
        />
        <RowsTable
          label="Fields"
          noun="field"
          columns={[
            { title: 'Name' },
            { title: 'Type', width: 160 },
            ...roles.map((role) => ({
              title: roleTitles[role],
              help: roleHelp[role],
              width: 76,
              isCentred: true,
            })),
            ...(isSaving ? [{ title: 'Value', help: 'What is saved in it.', width: 300 }] : []),
          ]}
          rows={rows}
          newRow={(): RecordField => ({ name: '', type: 'text' })}
          nameOf={({ name }) => name || undefined}
          empty="No fields yet. Generate them from the table, or add them one by one: one is the key, one the vector, one the content."
          commands={
            <Button
              size="small"
              variant="quiet"
              icon={<Wand2 size={14} aria-hidden />}
              disabled={table === undefined}
              onClick={() => table !== undefined && fill(table)}
            >
              Generate from table
            </Button>
          }
          note={(field, index) =>
            isUnknownColumn(field.name, table) && (
              <UnknownColumn
                name={field.name}
                table={table}
                onUse={(name) => rows.change(index, { ...field, name })}
              />
            )
          }
          cells={(field, index, name): readonly ReactNode[] => [
            <ColumnField
              label={`Name of ${name}`}
              value={field.name}
              table={table}
              onChange={(typed) => rows.change(index, { ...field, name: typed })}
            />,
            <ColumnTypeSelect
              label={`Type of ${name}`}
              value={field.type}
              onChange={(type) => {
                const changed = withType(field, type)
                const all = rows.list.with(index, changed)
                rows.set(type === 'vector' ? withRole(all, index, 'vector') : all)
              }}
            />,
            ...roles.map((role) => (
              <Checkbox
                key={role}
                label={`${roleTitles[role]}: ${name}`}
                isOn={field[role] === true}
                refusal={whyNotRole(field, role)}
                onChange={(isOn) => rows.set(withRole(rows.list, index, isOn ? role : undefined))}
              />
            )),
            ...(isSaving
              ? [
                  <ValueOf
                    key="value"
                    nodeId={nodeId}
                    name={name}
                    field={field}
                    onChange={(changed) => rows.change(index, changed)}
                  />,
                ]
              : []),
          ]}
        />
      </div>
    </DraftDialog>
  )
}

const roleHelp = {
  key: 'Identifies a record.',
  vector: 'Holds the embedding.',
  content: 'Holds the text that was embedded.',
  context: 'Says which document a record is of: saving it again replaces its records.',
  metadata: 'Saved with a record, and returned with a hit.',
} as const satisfies Record<FieldRole, string>

/** What the node itself puts into a field. */
const ownValues = {
  key: 'A key of its own',
  vector: 'The embedding',
  content: 'The piece of text',
} as const

interface ValueOfProps {
  readonly nodeId: string
  readonly name: string
  readonly field: RecordField
  readonly onChange: (field: RecordField) => void
}

function ValueOf({ nodeId, name, field, onChange }: ValueOfProps) {
  const role = roleOf(field)
  if (role === 'key' || role === 'vector' || role === 'content') {
    return <span className={styles.own}>{ownValues[role]}</span>
  }
  if (role === undefined) return <span className={styles.own}>Not saved</span>
  return (
    <ColumnValueCell
      nodeId={nodeId}
      name={name}
      type={field.type}
      value={field.value ?? null}
      onChange={(value) => onChange({ ...field, value })}
    />
  )
}
