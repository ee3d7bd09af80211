import { isSecretHeader, type ConnectionField, type FieldExample } from '@millrace/flow'
import { KeyRound, Lock, LockKeyhole, LockOpen, Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './connection-field.module.css'
import { isSecretRow, type FormValue, type HeaderRow } from './connection-form.ts'

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
  const { field, value } = props
  return (
    <Field
      label={field.label}
      isRequired={field.required ?? false}
      help={field.help}
      error={props.error}
    >
      <Control {...props} />
      {field.examples !== undefined && value.kind === 'plain' && (
        <Examples examples={field.examples} value={value.value} onChoose={props.onExample} />
      )}
    </Field>
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
        <Headers
          rows={value.rows}
          isLocked={isLocked}
          onChange={(rows) => onChange({ ...value, rows })}
          onRemove={(row) =>
            onChange({
              kind: 'headers',
              rows: value.rows.filter(({ key }) => key !== row.key),
              removed: row.secrecy === 'stored' ? [...value.removed, row.name] : value.removed,
            })
          }
        />
      )
    case 'plain':
      return <Plain field={field} value={value.value} onChange={onChange} />
  }
}

interface StoredSecretProps {
  readonly label: string
  readonly isLocked: boolean
  readonly onReplace: () => void
}

/** In the place of a secret that is stored: it is never shown. */
function StoredSecret({ label, isLocked, onReplace }: StoredSecretProps) {
  return (
    <div className={styles.stored} data-locked={isLocked || undefined}>
      {isLocked ? <Lock size={14} aria-hidden /> : <KeyRound size={14} aria-hidden />}
      <span>{isLocked ? 'Cannot be read' : 'Set, and never shown'}</span>
      <Button size="small" variant="quiet" onClick={onReplace}>
        Replace
        <span className="visually-hidden"> {label}</span>
      </Button>
    </div>
  )
}

interface PlainProps {
  readonly field: ConnectionField
  readonly value: string | number | boolean | undefined
  readonly onChange: (value: FormValue) => void
}

function Plain({ field, value, onChange }: PlainProps) {
  const put = (next: string | number | boolean | undefined) =>
    onChange({ kind: 'plain', value: next })
  switch (field.kind) {
    case 'boolean':
      return <Switch isOn={value === true} onChange={put} />
    case 'number':
      return (
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

interface HeadersProps {
  readonly rows: readonly HeaderRow[]
  readonly isLocked: boolean
  readonly onChange: (rows: readonly HeaderRow[]) => void
  readonly onRemove: (row: HeaderRow) => void
}

function Headers({ rows, isLocked, onChange, onRemove }: HeadersProps) {
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1
  return (
    <div className={styles.headers}>
      {rows.map((row, index) => (
        <Header
          key={row.key}
          row={row}
          title={`header ${index + 1}`}
          isLocked={isLocked}
          onChange={(changed) =>
            onChange(rows.map((other) => (other.key === row.key ? changed : other)))
          }
          onRemove={() => onRemove(row)}
        />
      ))}
      <Button
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange([...rows, { key: nextKey, name: '', value: '', secrecy: 'open' }])}
      >
        Add a header
      </Button>
    </div>
  )
}

interface HeaderProps {
  readonly row: HeaderRow
  readonly title: string
  readonly isLocked: boolean
  readonly onChange: (row: HeaderRow) => void
  readonly onRemove: () => void
}

function Header({ row, title, isLocked, onChange, onRemove }: HeaderProps) {
  const isSecret = isSecretRow(row)
  const isStored = row.secrecy === 'stored'
  return (
    <div className={styles.header}>
      <TextField
        aria-label={`Name of ${title}`}
        placeholder="X-Team"
        readOnly={isStored}
        spellCheck={false}
        autoComplete="off"
        value={row.name}
        onChange={(name) => onChange({ ...row, name })}
      />
      {isStored ? (
        <StoredSecret
          label={`the value of ${row.name}`}
          isLocked={isLocked}
          onReplace={() => onChange({ ...row, secrecy: 'new' })}
        />
      ) : (
        <TextField
          aria-label={`Value of ${title}`}
          placeholder={isSecret ? 'Secret' : 'Value'}
          type={isSecret ? 'password' : 'text'}
          autoComplete={isSecret ? 'new-password' : 'off'}
          value={row.value}
          onChange={(value) => onChange({ ...row, value })}
        />
      )}
      <IconButton
        label={
          isSecretHeader(row.name)
            ? `The value of ${title} is secret, as its name says`
            : `Keep the value of ${title} secret`
        }
        isPressed={isSecret}
        disabled={isStored || isSecretHeader(row.name)}
        onClick={() => onChange({ ...row, secrecy: isSecret ? 'open' : 'new' })}
      >
        {isSecret ? <LockKeyhole size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
      </IconButton>
      <IconButton label={`Remove ${title}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  )
}
