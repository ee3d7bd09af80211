import { isSecretHeader } from '@millrace/flow'
import { LockKeyhole, LockOpen, Plus, X } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { isSecretRow, type HeaderRow } from './connection-form.ts'
import styles from './headers-control.module.css'
import { StoredSecret } from './stored-secret.tsx'

interface HeadersProps {
  readonly rows: readonly HeaderRow[]
  readonly isLocked: boolean
  readonly onChange: (rows: readonly HeaderRow[]) => void
  readonly onReplace: (row: HeaderRow) => void
  readonly onRemove: (row: HeaderRow) => void
}

/** The headers that go with every request, each with a lock for its value. */
export function HeadersControl({ rows, isLocked, onChange, onReplace, onRemove }: HeadersProps) {
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
          onReplace={() => onReplace(row)}
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
  readonly onReplace: () => void
  readonly onRemove: () => void
}

function Header({ row, title, isLocked, onChange, onReplace, onRemove }: HeaderProps) {
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
          onReplace={onReplace}
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
