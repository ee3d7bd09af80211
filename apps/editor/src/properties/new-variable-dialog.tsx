import { setFlowFields, uniqueName, type DeclaredType } from '@millrace/flow'
import { useId, useState, type SyntheticEvent } from 'react'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { declaredTypeOptions } from './declared-type-options.ts'
import { nameProblem } from './name-problem.ts'
import styles from './new-variable-dialog.module.css'

export interface NewVariableDialogProps {
  /** Called with its name when the flow has it. */
  readonly onCreated: (name: string) => void
  readonly onClose: () => void
}

/** Makes a variable of the flow where one is needed. */
export function NewVariableDialog({ onCreated, onClose }: NewVariableDialogProps) {
  const formId = useId()
  const [taken] = useState(takenNames)
  const [name, setName] = useState(() => uniqueName('variable', taken))
  const [type, setType] = useState<DeclaredType>('any')
  const problem = nameProblem(name, { name: '', taken, mayBeEmpty: false })

  const create = (event: SyntheticEvent) => {
    event.preventDefault()
    if (problem !== undefined) return
    documentCommands.edit('Add a variable', (flow) =>
      setFlowFields(flow, { variables: [...(flow.variables ?? []), { name, type }] }),
    )
    onCreated(name)
    onClose()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title="New variable"
      description="A value that the whole flow shares. It starts empty, or as its settings in the flow say."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={problem !== undefined}>
            Create
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={create}>
        <Field label="Name" isRequired error={problem?.text}>
          <TextField isMono spellCheck={false} autoComplete="off" value={name} onChange={setName} />
        </Field>
        <Field label="Type">
          <Select value={type} options={declaredTypeOptions} onChange={setType} />
        </Field>
      </form>
    </Dialog>
  )
}

function takenNames(): ReadonlySet<string> {
  const { flow } = useDocument.getState()
  return new Set(scopesIn(flow, registry).declared.map(({ name }) => name))
}
