import type { ConnectionField } from '@millrace/flow'
import { KeyRound, Plus, X } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './connection-field.module.css'
import type { FormValue, HeaderRow } from './connection-form.ts'

interface ConnectionFieldControlProps {
  readonly field: ConnectionField
  readonly value: FormValue
  readonly error: string | undefined
  readonly onChange: (value: FormValue) => void
}

/** One field of a connection's form. */
export function ConnectionFieldControl(props: ConnectionFieldControlProps) {
  const { field, value, onChange } = props
  return (
    <Field
      label={field.label}
      isRequired={field.required ?? false}
      help={field.help}
      error={props.error}
    >
      <Control {...props} />
      {field.address === true && value.kind === 'plain' && (
        <Examples onChoose={(url) => onChange({ kind: 'plain', value: url })} />
      )}
    </Field>
  )
}

function Control({ field, value, onChange }: ConnectionFieldControlProps) {
  switch (value.kind) {
    case 'storedSecret':
      return (
        <div className={styles.stored}>
          <KeyRound size={14} aria-hidden />
          <span>Set, and never shown</span>
          <Button
            size="small"
            variant="quiet"
            onClick={() => onChange({ kind: 'newSecret', value: '', replacesStored: true })}
          >
            Replace
          </Button>
        </div>
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
      return <Headers rows={value.rows} onChange={(rows) => onChange({ kind: 'headers', rows })} />
    case 'plain':
      return <Plain field={field} value={value.value} onChange={onChange} />
  }
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

const servers = [
  { name: 'OpenAI', url: 'https://api.openai.com/v1' },
  { name: 'Ollama', url: 'http://localhost:11434/v1' },
  { name: 'vLLM', url: 'http://localhost:8000/v1' },
  { name: 'LM Studio', url: 'http://localhost:1234/v1' },
]

function Examples({ onChoose }: { readonly onChoose: (url: string) => void }) {
  return (
    <div className={styles.examples}>
      {servers.map(({ name, url }) => (
        <button key={name} type="button" title={url} onClick={() => onChoose(url)}>
          {name}
        </button>
      ))}
    </div>
  )
}

interface HeadersProps {
  readonly rows: readonly HeaderRow[]
  readonly onChange: (rows: readonly HeaderRow[]) => void
}

function Headers({ rows, onChange }: HeadersProps) {
  function change(key: number, changes: Partial<HeaderRow>): void {
    onChange(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)))
  }
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1
  return (
    <div className={styles.headers}>
      {rows.map((row, index) => (
        <div key={row.key} className={styles.row}>
          <TextField
            aria-label={`Name of header ${index + 1}`}
            placeholder="X-Team"
            value={row.name}
            onChange={(name) => change(row.key, { name })}
          />
          <TextField
            aria-label={`Value of header ${index + 1}`}
            placeholder="Value"
            value={row.value}
            onChange={(value) => change(row.key, { value })}
          />
          <IconButton
            label={`Remove header ${index + 1}`}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange([...rows, { key: nextKey, name: '', value: '' }])}
      >
        Add a header
      </Button>
    </div>
  )
}
