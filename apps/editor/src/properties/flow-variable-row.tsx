import { renameFlowVariable, type Flow, type FlowVariable, type VariableUse } from '@millrace/flow'
import { ChevronRight, GripVertical, Trash2 } from 'lucide-react'
import { useState, type ComponentProps } from 'react'
import { documentCommands } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { counted } from '../ui/counted.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { declaredTypeOptions } from './declared-type-options.ts'
import styles from './flow-variables.module.css'
import { NameControl } from './name-control.tsx'
import { RemoveVariableDialog } from './remove-variable-dialog.tsx'
import {
  removeVariable,
  replaceVariable,
  retyped,
  withDescription,
  withValue,
} from './variable-edits.ts'
import { VariableUses } from './variable-uses.tsx'
import { VariableValueControl } from './variable-value-control.tsx'

export interface FlowVariableRowProps {
  readonly index: number
  readonly variable: FlowVariable
  /** Names that others have. */
  readonly taken: ReadonlySet<string>
  readonly flow: Flow
  readonly uses: readonly VariableUse[]
  /** What is wrong with it, in sentences; empty when nothing is. */
  readonly problem: string
  readonly grip: ComponentProps<'button'>
}

/** One variable of the flow: its name, its type, what it starts as, what it is for, and its uses. */
export function FlowVariableRow(props: FlowVariableRowProps) {
  const { index, variable, flow, uses, problem } = props
  const { name } = variable
  const [showsUses, setShowsUses] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const change = (changed: FlowVariable, field: string) =>
    documentCommands.edit(
      'Change a variable',
      (current) => replaceVariable(current, index, changed),
      { coalesce: `variable ${index} ${field}` },
    )
  const remove = () => {
    setRemoving(false)
    documentCommands.edit('Remove a variable', (current) => removeVariable(current, index))
  }
  return (
    <>
      <div className={styles.line}>
        <IconButton
          label={`Move ${name}`}
          aria-description="Drag it, or press the up and down arrow keys."
          className={styles.grip}
          {...props.grip}
        >
          <GripVertical size={14} aria-hidden />
        </IconButton>
        <div className={styles.name}>
          <NameControl
            label="Variable name"
            name={name}
            taken={props.taken}
            mayBeEmpty={false}
            onChange={(to) =>
              documentCommands.edit('Rename a variable', (current) =>
                renameFlowVariable(current, registry, { from: name, to }),
              )
            }
          />
        </div>
        <Select
          label={`Type of ${name}`}
          value={variable.type}
          options={declaredTypeOptions}
          onChange={(type) => change(retyped(variable, type), 'type')}
        />
        <IconButton
          label={`Remove ${name}`}
          onClick={() => (uses.length === 0 ? remove() : setRemoving(true))}
        >
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      <VariableValueControl
        variable={variable}
        onChange={(value) => change(withValue(variable, value), 'value')}
      />
      {problem !== '' && <p className={styles.problem}>{problem}</p>}
      <TextField
        aria-label={`What ${name} is for`}
        className={styles.description}
        placeholder="What it is for"
        value={variable.description ?? ''}
        onChange={(text) => change(withDescription(variable, text), 'description')}
      />
      <button
        type="button"
        className={styles.usesButton}
        aria-expanded={showsUses}
        disabled={uses.length === 0}
        onClick={() => setShowsUses(!showsUses)}
      >
        <ChevronRight size={12} aria-hidden />
        {uses.length === 0 ? 'Not used yet' : `Used in ${counted(uses.length, 'place')}`}
      </button>
      {showsUses && <VariableUses flow={flow} uses={uses} />}
      {isRemoving && (
        <RemoveVariableDialog
          name={name}
          flow={flow}
          uses={uses}
          onRemove={remove}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  )
}
