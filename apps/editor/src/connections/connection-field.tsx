import type { ConnectionField, FieldExample } from '@millrace/flow'
import { Braces } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './connection-field.module.css'
import { replacingSecret, withoutHeader, type FormValue } from './connection-form.ts'
import { HeadersControl } from './headers-control.tsx'
import { StoredSecret } from './stored-secret.tsx'

interface ConnectionFieldControlProps {
  readonly field: ConnectionField
  readonly value: FormValue
  /** Whether stored secrets cannot be read with the server's key. */
  readonly isLocked: boolean
  readonly error: string | undefined
  readonly onChange: (value: FormValue) => void
  readonly onExample: (example: FieldExample) => void
}

/** One field of a connection's form. */
export function ConnectionFieldControl(props: ConnectionFieldControlProps) {
  const { field, value, onChange } = props
  if (field.kind === 'boolean' && value.kind === 'plain') {
    return (
      <Field
        label={field.label}
        help={field.help}
        error={props.error}
        action={
          <Switch
            isOn={value.value === true}
            onChange={(isOn) => onChange({ kind: 'plain', value: isOn })}
          />
        }
      >
        {null}
      </Field>
    )
  }
  return (
    <Field
      label={field.label}
      isRequired={field.required ?? false}
      help={field.help}
      error={props.error}
      action={
        field.kind === 'number' && value.kind === 'plain' ? (
          <VariableToggle field={field} value={value.value} onChange={onChange} />
        ) : undefined
      }
    >
      <Control {...props} />
      {field.examples !== undefined && value.kind === 'plain' && (
        <Examples examples={field.examples} value={value.value} onChoose={props.onExample} />
      )}
    </Field>
  )
}

/** Chooses between a number, and text that names a variable. */
function VariableToggle({ field, value, onChange }: PlainProps) {
  const isText = typeof value === 'string'
  return (
    <IconButton
      label={`${field.label} by a variable`}
      isPressed={isText}
      className={styles.byVariable}
      onClick={() => onChange({ kind: 'plain', value: isText ? field.default : variableStart })}
    >
      <Braces size={13} aria-hidden />
    </IconButton>
  )
}

function Control({ field, value, isLocked, onChange }: ConnectionFieldControlProps) {
  switch (value.kind) {
    case 'storedSecret':
      return (
        <StoredSecret
          label={field.label}
          isLocked={isLocked}
          onReplace={() => onChange({ kind: 'newSecret', value: '', replacesStored: true })}
        />
      )
    case 'newSecret':
      return (
        <div className={styles.row}>
          <TextField
            type="password"
            autoComplete="new-password"
            placeholder={value.replacesStored ? 'Empty takes it away' : field.placeholder}
            autoFocus={value.replacesStored}
            value={value.value}
            onChange={(text) => onChange({ ...value, value: text })}
          />
          {value.replacesStored && (
            <Button variant="quiet" onClick={() => onChange({ kind: 'storedSecret' })}>
              Keep it
            </Button>
          )}
        </div>
      )
    case 'headers':
      return (
        <HeadersControl
          rows={value.rows}
          isLocked={isLocked}
          onChange={(rows) => onChange({ ...value, rows })}
          onReplace={(row) => onChange(replacingSecret(value, row))}
          onRemove={(row) => onChange(withoutHeader(value, row))}
        />
      )
    case 'plain':
      return <Plain field={field} value={value.value} onChange={onChange} />
  }
}

/** What stands in a field of a number when a variable is to give it. */
const variableStart = '${}'

interface PlainProps {
  readonly field: ConnectionField
  readonly value: string | number | boolean | undefined
  readonly onChange: (value: FormValue) => void
}

function Plain({ field, value, onChange }: PlainProps) {
  const put = (next: string | number | boolean | undefined) =>
    onChange({ kind: 'plain', value: next })
  switch (field.kind) {
    // It stands beside its label.
    case 'boolean':
      return null
    case 'number':
      return typeof value === 'string' ? (
        <TextField
          isMono
          autoFocus={value === variableStart}
          value={value}
          placeholder="${port}"
          spellCheck={false}
          autoComplete="off"
          onChange={put}
        />
      ) : (
        <NumberField
          value={typeof value === 'number' ? value : undefined}
          placeholder={field.placeholder}
          onChange={put}
        />
      )
    case 'choice':
      return (
        <Select
          value={typeof value === 'string' ? value : undefined}
          placeholder={field.placeholder}
          options={Object.entries(field.options ?? {}).map(([option, label]) => ({
            value: option,
            label,
          }))}
          onChange={put}
        />
      )
    case 'text':
    case 'headers':
      return (
        <TextField
          value={value === undefined ? '' : String(value)}
          placeholder={field.placeholder ?? String(field.default ?? '')}
          spellCheck={false}
          autoComplete="off"
          onChange={put}
        />
      )
  }
}

interface ExamplesProps {
  readonly examples: readonly FieldExample[]
  readonly value: string | number | boolean | undefined
  readonly onChoose: (example: FieldExample) => void
}

/** Known values to choose from, and what else the one that stands there asks for. */
function Examples({ examples, value, onChoose }: ExamplesProps) {
  const hintId = useId()
  const chosen = examples.find((example) => isFrom(example, value))
  return (
    <div className={styles.examples}>
      <div className={styles.chips} role="group" aria-label="Examples">
        {examples.map((example) => (
          <button
            key={example.name}
            type="button"
            title={example.value}
            aria-pressed={example === chosen}
            aria-describedby={example === chosen ? hintId : undefined}
            onClick={() => onChoose(example)}
          >
            {example.name}
          </button>
        ))}
      </div>
      {chosen !== undefined && (
        <p id={hintId} className={styles.hint}>
          {chosen.hint}
        </p>
      )}
    </div>
  )
}

/** Whether a value is an example, also with something else in place of its placeholder. */
function isFrom(example: FieldExample, value: unknown): boolean {
  const [start = '', end] = example.value.split(/<[^<>]+>/)
  if (typeof value !== 'string' || end === undefined) return value === start
  return value.startsWith(start) && value.replace(/\/$/, '').endsWith(end.replace(/\/$/, ''))
}
