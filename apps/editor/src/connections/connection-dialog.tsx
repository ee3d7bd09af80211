import type { ConnectionDefinition } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { useId, useState, type FormEvent } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import type { StoredConnection } from '../api/connections-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './connection-dialog.module.css'
import { ConnectionFieldControl } from './connection-field.tsx'
import {
  errorsByField,
  formOf,
  freeIdFor,
  inputOf,
  losesSecrets,
  whyNotSend,
  type FieldErrors,
  type FormValue,
} from './connection-form.ts'
import { connectionCommands, useConnections } from './connection-store.ts'
import { TestResult } from './test-result.tsx'

export interface ConnectionDialogProps {
  /** The connection to edit; without one a new one is made. */
  readonly connection?: StoredConnection | undefined
  /** The kinds that a new one may be of; all when not given. */
  readonly kinds?: readonly string[] | undefined
  readonly onClose: () => void
  /** Called with the connection when it was saved for the first time in this dialog. */
  readonly onCreated?: (connection: StoredConnection) => void
}

/** Makes or changes a connection, and tries it. The form follows the connection's definition. */
export function ConnectionDialog({ connection, kinds, onClose, onCreated }: ConnectionDialogProps) {
  const choices = definitionsFor(kinds)
  const [stored, setStored] = useState(connection)
  const [definition, setDefinition] = useState(() =>
    connection === undefined ? choices[0] : registry.connections.get(connection.kind),
  )
  if (definition === undefined) return null

  return (
    <Form
      key={definition.kind}
      definition={definition}
      stored={stored}
      choices={stored === undefined ? choices : []}
      onChoose={setDefinition}
      onSaved={(saved) => {
        if (stored === undefined) onCreated?.(saved)
        setStored(saved)
      }}
      onClose={onClose}
    />
  )
}

interface FormProps {
  readonly definition: ConnectionDefinition
  readonly stored: StoredConnection | undefined
  readonly choices: readonly ConnectionDefinition[]
  readonly onChoose: (definition: ConnectionDefinition) => void
  readonly onSaved: (connection: StoredConnection) => void
  readonly onClose: () => void
}

function Form({ definition, stored, choices, onChoose, onSaved, onClose }: FormProps) {
  const formId = useId()
  const [form, setForm] = useState(() => formOf(definition, stored))
  const [errors, setErrors] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<ApiError | undefined>()
  const [busy, setBusy] = useState<'saving' | 'testing' | undefined>()
  const test = useConnections((state) =>
    stored === undefined ? undefined : state.tests.get(stored.id),
  )

  function setField(key: string, value: FormValue): void {
    setForm({ ...form, fields: { ...form.fields, [key]: value } })
    setErrors({ ...errors, [key]: '' })
  }

  async function save(): Promise<StoredConnection | undefined> {
    const missing = whyNotSend(definition, form)
    setErrors(missing)
    setFailure(undefined)
    if (Object.keys(missing).length > 0) return undefined
    try {
      const saved =
        stored === undefined
          ? await connectionCommands.create(
              inputOf(form, { id: freeId(form.name), kind: definition.kind }),
            )
          : await connectionCommands.replace(inputOf(form, stored), stored.revision)
      setForm(formOf(definition, saved))
      onSaved(saved)
      return saved
    } catch (thrown) {
      const error = toApiError(thrown)
      setErrors(errorsByField(error.problems))
      setFailure(error)
      return undefined
    }
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy('saving')
    const saved = await save()
    setBusy(undefined)
    if (saved !== undefined) onClose()
  }

  async function saveAndTest(): Promise<void> {
    setBusy('testing')
    const saved = await save()
    if (saved !== undefined) await connectionCommands.test(saved.id)
    setBusy(undefined)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={stored === undefined ? 'New connection' : `Edit “${stored.name}”`}
      description={definition.description}
      footer={
        <>
          <Button
            className={styles.test}
            isBusy={busy === 'testing'}
            disabled={busy !== undefined}
            onClick={() => void saveAndTest()}
          >
            Save and test
          </Button>
          <Button onClick={onClose}>{stored === undefined ? 'Cancel' : 'Close'}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isBusy={busy === 'saving'}
            disabled={busy !== undefined}
          >
            {stored === undefined ? 'Create' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        {choices.length > 1 && (
          <Field label="Kind">
            <Select
              value={definition.kind}
              options={choices.map(({ kind, title }) => ({ value: kind, label: title }))}
              onChange={(kind) => {
                const chosen = registry.connections.get(kind)
                if (chosen !== undefined) onChoose(chosen)
              }}
            />
          </Field>
        )}
        <Field
          label="Name"
          isRequired
          help="How it is shown to everyone who designs flows."
          error={errors['name'] || undefined}
        >
          <TextField
            value={form.name}
            maxLength={120}
            autoComplete="off"
            onChange={(name) => setForm({ ...form, name })}
          />
        </Field>
        {Object.entries(definition.fields).map(([key, field]) => {
          const value = form.fields[key]
          return value === undefined ? null : (
            <ConnectionFieldControl
              key={key}
              field={field}
              value={value}
              error={errors[key] || undefined}
              onChange={(next) => setField(key, next)}
            />
          )
        })}
        {losesSecrets(definition, form, stored) && (
          <p className={styles.warning} role="status">
            The address changes, so the stored secrets are forgotten: they are only ever sent to the
            address they were entered for. Enter them again.
          </p>
        )}
        {failure !== undefined && failure.problems.length === 0 && (
          <p className={styles.failure} role="alert">
            {failure.message}
          </p>
        )}
        {test !== undefined && <TestResult test={test} />}
      </form>
    </Dialog>
  )
}

function definitionsFor(kinds: readonly string[] | undefined): readonly ConnectionDefinition[] {
  return [...registry.connections.values()].filter(
    ({ kind, builtIn }) => builtIn !== true && (kinds === undefined || kinds.includes(kind)),
  )
}

function freeId(name: string): string {
  return freeIdFor(name, new Set(useConnections.getState().connections.map(({ id }) => id)))
}
