import { Activity, Lock, Pencil, Plus, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { StoredConnection } from '../api/connections-api.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import styles from './connection-picker.module.css'
import { ConnectionStatus } from './connection-status.tsx'
import { connectionCommands, useConnections } from './connection-store.ts'
import { LazyConnectionDialog } from './lazy-connection-dialog.tsx'
import { TestResult } from './test-result.tsx'

export interface ConnectionPickerProps {
  /** The id of the chosen connection. */
  readonly value: string | undefined
  /** The kinds of connection that fit. */
  readonly kinds: readonly string[]
  /** `undefined` for none. */
  readonly onChange: (id: string | undefined) => void
  /** Whether none may be chosen. */
  readonly isOptional?: boolean
  readonly isInvalid?: boolean
  /** Its name where no `Field` gives one. */
  readonly label?: string
}

/** The option that stands for none: no connection has an empty id. */
const noConnection = ''

/** Chooses a connection, and makes, edits and tries one in place. */
export function ConnectionPicker({
  value,
  kinds,
  onChange,
  isOptional = false,
  isInvalid = false,
  label,
}: ConnectionPickerProps) {
  const status = useConnections((state) => state.status)
  const connections = useConnections((state) => state.connections)
  const test = useConnections((state) => (value === undefined ? undefined : state.tests.get(value)))
  const [dialog, setDialog] = useState<'closed' | 'new' | 'again' | 'edit'>('closed')
  const fitting = connections.filter(({ kind }) => kinds.includes(kind))
  const chosen = connections.find(({ id }) => id === value)
  const isMissing = value !== undefined && chosen === undefined && status === 'ready'

  return (
    <div className={styles.picker}>
      <Select
        value={value}
        isInvalid={isInvalid || isMissing}
        placeholder={
          status === 'loading' ? 'Loading…' : isOptional ? 'None' : 'Choose a connection'
        }
        {...(label === undefined ? {} : { label })}
        options={[
          ...(isOptional ? [{ value: noConnection, label: 'None' }] : []),
          ...fitting.map((connection) => ({
            value: connection.id,
            label: <Option connection={connection} />,
            hint: registry.connections.get(connection.kind)?.title ?? connection.kind,
          })),
          ...(isMissing ? [{ value, label: `${value} (not on this server)` }] : []),
        ]}
        onChange={(id) => onChange(id === noConnection ? undefined : id)}
      />
      <div className={styles.actions}>
        <Button
          size="small"
          variant="quiet"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => setDialog('new')}
        >
          New…
        </Button>
        {isMissing && (
          <Button
            size="small"
            variant="quiet"
            icon={<RotateCcw size={14} aria-hidden />}
            onClick={() => setDialog('again')}
          >
            Make “{value}” again
          </Button>
        )}
        {chosen !== undefined && (
          <>
            <Button
              size="small"
              variant="quiet"
              icon={<Activity size={14} aria-hidden />}
              disabled={test?.status === 'testing'}
              onClick={() => void connectionCommands.test(chosen.id)}
            >
              Test
            </Button>
            {!chosen.isBuiltIn && (
              <Button
                size="small"
                variant="quiet"
                icon={<Pencil size={14} aria-hidden />}
                onClick={() => setDialog('edit')}
              >
                Edit
              </Button>
            )}
          </>
        )}
      </div>
      {chosen?.isLocked === true && (
        <p className={styles.locked}>
          <Lock size={13} aria-hidden />
          <span>
            Its secrets cannot be read with this server’s key.{' '}
            <button type="button" onClick={() => setDialog('edit')}>
              Enter them again
            </button>
          </span>
        </p>
      )}
      {test !== undefined && <TestResult test={test} />}
      {status === 'failed' && (
        <p className={styles.failed} role="alert">
          The connections could not be read.{' '}
          <button type="button" onClick={() => void connectionCommands.load()}>
            Try again
          </button>
        </p>
      )}
      {dialog !== 'closed' && (
        <LazyConnectionDialog
          connection={dialog === 'edit' ? chosen : undefined}
          kinds={kinds}
          newId={dialog === 'again' ? value : undefined}
          onClose={() => setDialog('closed')}
          onCreated={(created) => onChange(created.id)}
        />
      )}
    </div>
  )
}

function Option({ connection }: { readonly connection: StoredConnection }) {
  return (
    <span className={styles.option}>
      <span className={styles.name}>{connection.name}</span>
      <ConnectionStatus connection={connection} />
    </span>
  )
}
