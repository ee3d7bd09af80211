import type { FlowVariable } from '@millrace/flow'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import type { ControlProps } from './control-props.ts'
import styles from './flow-variable-control.module.css'
import { NewVariableDialog } from './new-variable-dialog.tsx'

/** Chooses one of the flow's variables, and makes one in place. */
export function FlowVariableControl({ value, onChange, isInvalid }: ControlProps<'flowVariable'>) {
  const variables = useDocument(selectVariables)
  const [isMaking, setMaking] = useState(false)
  return (
    <div className={styles.whole}>
      <Select
        value={typeof value === 'string' ? value : undefined}
        isInvalid={isInvalid}
        options={variables.map((variable) => ({
          value: variable.name,
          label: variable.name,
          hint: variable.type,
        }))}
        onChange={(name) => onChange(name)}
        placeholder={
          variables.length === 0 ? 'The flow has no variables yet' : 'Choose a flow variable'
        }
      />
      <div>
        <Button
          size="small"
          variant="quiet"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => setMaking(true)}
        >
          New variable…
        </Button>
      </div>
      {isMaking && (
        <NewVariableDialog
          onCreated={(name) => onChange(name, 'Choose a variable')}
          onClose={() => setMaking(false)}
        />
      )}
    </div>
  )
}

const noVariables: readonly FlowVariable[] = []

function selectVariables({ flow }: DocumentState): readonly FlowVariable[] {
  return flow.variables ?? noVariables
}
