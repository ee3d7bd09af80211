import type { DeclaredField, JsonValue } from '@millrace/flow'
import { useState } from 'react'
import { readJson } from '../properties/read-json.ts'
import { Field } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import styles from './input-section.module.css'
import type { InputProblem } from './read-input.ts'

type InputObject = Readonly<Record<string, JsonValue>>

export interface InputFormProps {
  readonly fields: readonly DeclaredField[]
  readonly value: InputObject
  readonly onChange: (value: InputObject) => void
  readonly problems: readonly InputProblem[]
  /** Whether it is told of fields that nobody has filled in yet. */
  readonly showsMissing: boolean
}

/** The input of a flow, a control for each of its fields; what else is in it stays. */
export function InputForm({ fields, value, onChange, problems, showsMissing }: InputFormProps) {
  return fields.map((field) => {
    const { name, description, optional } = field
    const isMissing = value[name] === undefined
    const problem = problems.find((one) => one.field === name)?.message
    return (
      <Field
        key={name}
        label={name}
        isRequired={optional !== true}
        help={description}
        error={isMissing && !showsMissing ? undefined : problem}
      >
        <Control
          field={field}
          value={value[name]}
          onChange={(changed) => {
            const { [name]: _, ...others } = value
            onChange(changed === undefined ? others : { ...value, [name]: changed })
          }}
        />
      </Field>
    )
  })
}

interface ControlProps {
  readonly field: DeclaredField
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

function Control({ field: { name, type, optional }, value, onChange }: ControlProps) {
  switch (type) {
    case 'text':
      return isUnlike(value, 'string') ? (
        <JsonField value={value} onChange={onChange} />
      ) : (
        <TextField
          value={typeof value === 'string' ? value : ''}
          placeholder={optional === true ? 'Left out' : ''}
          onChange={(text) => onChange(text === '' && optional === true ? undefined : text)}
        />
      )
    case 'number':
      return isUnlike(value, 'number') ? (
        <JsonField value={value} onChange={onChange} />
      ) : (
        <NumberField
          value={typeof value === 'number' ? value : undefined}
          placeholder={optional === true ? 'Left out' : ''}
          onChange={onChange}
        />
      )
    case 'boolean':
      return (
        <Select
          label={name}
          value={
            value === true ? 'true' : value === false ? 'false' : optional ? 'leftOut' : undefined
          }
          placeholder="Choose"
          options={optional === true ? [...truth, leftOut] : truth}
          onChange={(chosen) => onChange(chosen === 'leftOut' ? undefined : chosen === 'true')}
        />
      )
    case 'list':
    case 'record':
    case 'any':
      return <JsonField value={value} onChange={onChange} />
  }
}

const truth: readonly { readonly value: 'true' | 'false' | 'leftOut'; readonly label: string }[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]
const leftOut = { value: 'leftOut', label: 'Left out' } as const

/** A value of another type than its control could show must be seen to be mended. */
function isUnlike(value: JsonValue | undefined, type: 'string' | 'number'): boolean {
  return value !== undefined && value !== null && typeof value !== type
}

interface JsonFieldProps {
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** A value that is typed as JSON; text that is none yet counts as text, and is told of. */
function JsonField({ value, onChange }: JsonFieldProps) {
  const [draft, setDraft] = useState<string>()
  const text = draft ?? (value === undefined ? '' : JSON.stringify(value, null, 2))
  return (
    <TextArea
      isMono
      className={styles.json}
      rows={1}
      spellCheck={false}
      value={text}
      onChange={(typed) => {
        setDraft(typed)
        const read = readJson(typed)
        onChange('problem' in read ? typed : read.value)
      }}
      onBlur={() => setDraft(undefined)}
    />
  )
}
