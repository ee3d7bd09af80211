import { whyNotDeclaredFields, type DeclaredField } from '@millrace/flow'
import { Braces } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { declaredTypeOptions } from '../properties/declared-type-options.ts'
import { DraftDialog } from '../properties/draft-dialog.tsx'
import { RowsTable } from '../properties/rows-table.tsx'
import { useRows } from '../properties/use-rows.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ExampleEditor } from './example-editor.tsx'
import styles from './fields-dialog.module.css'

export interface FieldsDialogProps {
  readonly title: string
  readonly fields: readonly DeclaredField[]
  readonly onAccept: (fields: readonly DeclaredField[]) => void
  readonly onClose: () => void
}

/** The grid of the fields that a flow expects from its caller. */
export function FieldsDialog({ title, fields, onAccept, onClose }: FieldsDialogProps) {
  const rows = useRows<DeclaredField>(fields)
  const [isExampleOpen, setExampleOpen] = useState(false)
  const [example, setExample] = useState('')
  const draft = rows.list.filter(({ name }) => name !== '')
  const hasUnusedExample = isExampleOpen && example.trim() !== ''

  return (
    <DraftDialog
      title={title}
      size="large"
      isChanged={hasUnusedExample || JSON.stringify(draft) !== JSON.stringify(fields)}
      refusal={
        hasUnusedExample ? 'Make fields of the example first, or empty it.' : refusalOf(draft)
      }
      onAccept={() => onAccept(draft)}
      onClose={onClose}
    >
      <div className={styles.body}>
        <RowsTable
          label={title}
          noun="field"
          columns={[
            { title: 'Name', width: 170 },
            { title: 'Type', width: 130 },
            { title: 'Optional', help: 'A caller may leave it out.', width: 72, isCentred: true },
            { title: 'Description', help: 'For those who call the flow.' },
          ]}
          rows={rows}
          newRow={(): DeclaredField => ({ name: '', type: 'text' })}
          nameOf={({ name }) => name || undefined}
          empty="No fields yet, so callers may send any JSON object. With fields, a wrong call is refused before the flow starts, and the editor knows what is in it."
          commands={
            <Button
              size="small"
              variant="quiet"
              icon={<Braces size={14} aria-hidden />}
              aria-expanded={isExampleOpen}
              onClick={() => setExampleOpen(!isExampleOpen)}
            >
              Make from example JSON
            </Button>
          }
          cells={(row, index, name): readonly ReactNode[] => [
            <TextField
              aria-label={`Name of ${name}`}
              isMono
              spellCheck={false}
              value={row.name}
              onChange={(typed) => rows.change(index, { ...row, name: typed.trim() })}
            />,
            <Select
              label={`Type of ${name}`}
              value={row.type}
              options={declaredTypeOptions}
              onChange={(type) => rows.change(index, { ...row, type })}
            />,
            <Checkbox
              label={`Optional: ${name}`}
              isOn={row.optional === true}
              onChange={(isOn) => {
                const { optional: _, ...rest } = row
                rows.change(index, isOn ? { ...rest, optional: true } : rest)
              }}
            />,
            <TextField
              aria-label={`Description of ${name}`}
              value={row.description ?? ''}
              onChange={(text) => {
                const { description: _, ...rest } = row
                rows.change(index, text === '' ? rest : { ...rest, description: text })
              }}
            />,
          ]}
        />
        {isExampleOpen && (
          <ExampleEditor
            text={example}
            onChange={setExample}
            known={draft}
            onFields={(made) => {
              rows.set(made)
              setExample('')
              setExampleOpen(false)
            }}
          />
        )}
      </div>
    </DraftDialog>
  )
}

function refusalOf(fields: readonly DeclaredField[]): string | undefined {
  const reason = whyNotDeclaredFields(fields)
  return reason === undefined ? undefined : `It ${reason}.`
}
