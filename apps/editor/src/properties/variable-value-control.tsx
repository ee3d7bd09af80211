import type { FlowVariable, JsonValue } from '@millrace/flow'
import { useId } from 'react'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { JsonControl } from './json-control.tsx'

export interface VariableValueControlProps {
  readonly variable: FlowVariable
  readonly onChange: (value: JsonValue | undefined) => void
}

const truth = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
] as const

/** What a variable of the flow starts as. */
export function VariableValueControl({ variable, onChange }: VariableValueControlProps) {
  const { name, type, value } = variable
  const id = useId()
  const label = `Starts as, ${name}`
  switch (type) {
    case 'text':
      return (
        <TextField
          aria-label={label}
          placeholder="Starts empty"
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text === '' ? undefined : text)}
        />
      )
    case 'number':
      return (
        <NumberField
          label={label}
          placeholder="Starts empty"
          value={typeof value === 'number' ? value : undefined}
          onChange={onChange}
        />
      )
    case 'boolean':
      return (
        <Select
          label={label}
          value={value === true ? 'true' : value === false ? 'false' : undefined}
          options={truth}
          placeholder="Starts empty"
          onChange={(chosen) => onChange(chosen === 'true')}
        />
      )
    default:
      return (
        <>
          <span id={id} className="visually-hidden">
            {label}
          </span>
          <JsonControl
            value={value}
            onChange={onChange}
            labelId={id}
            title={name}
            placeholder="Starts empty"
          />
        </>
      )
  }
}
