import type { ConnectionDefinition } from '@millrace/flow'
import { Activity } from 'lucide-react'
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { testUnsaved, type StoredConnection } from '../api/connections-api.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
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
  isShown,
  losesSecrets,
  whyNotSend,
  withExample,
  type ConnectionForm,
  type FieldErrors,
} from './connection-form.ts'
import {
  connectionCommands,
  testStateOf,
  useConnections,
  type TestState,
} from './connection-store.ts'
import { TestResult } from './test-result.tsx'

export interface ConnectionDialogProps {
  /** The connection to edit; without one a new one is made. */
  readonly connection?: StoredConnection | undefined
  /** The kinds that a new one may be of; all when not given. */
  readonly kinds?: readonly string[] | undefined
  /** The id of a new one, for flows that name it already; made of its name when not given. */
  readonly newId?: string | undefined
  readonly onClose: () => void
  /** Called with the connection when it was made. */
  readonly onCreated?: (connection: StoredConnection) => void
}

/** Makes or changes a connection, and tries it first. The form follows the connection's definition. */
export function ConnectionDialog({ connection, kinds, ...props }: ConnectionDialogProps) {
  const choices = definitionsFor(kinds)
  const [definition, setDefinition] = useState(() =>
    connection === undefined ? choices[0] : registry.connections.get(connection.kind),
  )
  if (definition === undefined) return null

  return (
    <Form
      {...props}
      key={definition.kind}
      definition={definition}
      stored={connection}
      choices={connection === undefined ? choices : []}
      onChoose={setDefinition}
    />
  )
}

interface FormProps extends Omit<ConnectionDialogProps, 'connection' | 'kinds'> {
  readonly definition: ConnectionDefinition
  readonly stored: StoredConnection | undefined
  readonly choices: readonly ConnectionDefinition[]
  readonly onChoose: (definition: ConnectionDefinition) => void
}

function Form(props: FormProps) {
  const { definition, choices, newId, onChoose, onCreated, onClose } = props
  // As it was when the form was filled: what others change meanwhile must not be saved over.
  const [stored] = useState(props.stored)
  const formId = useId()
  const [form, setForm] = useState(() => formOf(definition, stored))
  const [errors, setErrors] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<ApiError | undefined>()
  const [isSaving, setIsSaving] = useState(false)
  const [test, setTest] = useState<TestState | undefined>()
  const { ways = [] } = definition
  const isTesting = test?.status === 'testing'
  /** Counts what makes an older test worthless: a newer one, and each change. */
  const edition = useRef(0)

  function change(changed: ConnectionForm, key: string): void {
    setForm(changed)
    setErrors({ ...errors, [key]: '' })
    // What was found out is about what stood here before.
    if (key === 'name') return
    edition.current += 1
    setTest(undefined)
  }

  /** Whether the form is worth sending; what is wrong with it shows at its fields. */
  function check(): boolean {
    const missing = whyNotSend(definition, form)
    setErrors(missing)
    setFailure(undefined)
    return Object.keys(missing).length === 0
  }

  function showFailure(error: ApiError): void {
    setErrors(errorsByField(error.problems))
    setFailure(error)
  }

  async function save(): Promise<StoredConnection> {
    if (stored !== undefined) {
      return connectionCommands.replace(inputOf(definition, form, stored.id), stored.revision)
    }
    const id = newId ?? freeId(form.name)
    const created = await connectionCommands.create(inputOf(definition, form, id))
    onCreated?.(created)
    return created
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!check()) return
    setIsSaving(true)
    try {
      const saved = await save()
      if (test !== undefined) connectionCommands.keepTest(saved.id, test)
      onClose()
    } catch (thrown) {
      showFailure(toApiError(thrown))
      setIsSaving(false)
    }
  }

  async function tryIt(): Promise<void> {
    if (!check()) return
    edition.current += 1
    const tried = edition.current
    setTest({ status: 'testing' })
    const { id: _, ...draft } = inputOf(definition, form, '')
    const tested = await testStateOf(testUnsaved({ ...draft, id: stored?.id }))
    if (tried !== edition.current) return
    if (tested.status === 'failed' && tested.error.problems.length > 0) {
      setTest(undefined)
      showFailure(tested.error)
    } else setTest(tested)
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
            icon={<Activity size={14} aria-hidden />}
            isBusy={isTesting}
            disabled={isSaving}
            onClick={() => void tryIt()}
          >
            Test
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isBusy={isSaving}
            disabled={isTesting}
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
            onChange={(name) => change({ ...form, name }, 'name')}
          />
        </Field>
        {ways.length > 0 && (
          <Choice
            label={definition.waysLabel ?? 'Fill in by'}
            value={form.way?.label}
            options={ways.map(({ label }) => ({ value: label, label }))}
            onChange={(label) => {
              change({ ...form, way: ways.find((way) => way.label === label) }, 'way')
              setErrors({})
            }}
          />
        )}
        {rowsOfFields(definition, form).map((keys) => (
          <div key={keys.join(' ')} className={styles.row}>
            {keys.map((key) => {
              const field = definition.fields[key]
              const value = form.fields[key]
              return field === undefined || value === undefined ? null : (
                <ConnectionFieldControl
                  key={key}
                  field={field}
                  value={value}
                  isLocked={stored?.isLocked ?? false}
                  error={errors[key] || undefined}
                  onChange={(next) =>
                    change({ ...form, fields: { ...form.fields, [key]: next } }, key)
                  }
                  onExample={(example) => {
                    const isNew = stored === undefined
                    change(withExample(definition, form, { key, example, isNew }), key)
                  }}
                />
              )
            })}
          </div>
        ))}
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
        {test !== undefined && (
          <InView of={test}>
            <TestResult
              test={test}
              onSuggestion={({ field, value }) => {
                const fields = { ...form.fields, [field]: { kind: 'plain', value } as const }
                change({ ...form, fields }, field)
              }}
            />
          </InView>
        )}
      </form>
    </Dialog>
  )
}

/** Scrolls its content into view whenever it is about something else: the form may be long. */
function InView({ of, children }: { readonly of: unknown; readonly children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    content.current?.scrollIntoView({ block: 'nearest' })
  }, [of])
  return (
    <div ref={content} className={styles.inView}>
      {children}
    </div>
  )
}

/** The fields that the form shows, by rows: a port stands beside its host. */
function rowsOfFields(
  definition: ConnectionDefinition,
  form: ConnectionForm,
): readonly (readonly string[])[] {
  const rows: string[][] = []
  for (const [key, field] of Object.entries(definition.fields)) {
    if (!isShown(definition, form, key)) continue
    const isPort = field.kind === 'number' && field.address === true
    if (isPort && rows.length > 0) rows.at(-1)?.push(key)
    else rows.push([key])
  }
  return rows
}

function definitionsFor(kinds: readonly string[] | undefined): readonly ConnectionDefinition[] {
  return [...registry.connections.values()].filter(
    ({ kind, builtIn }) => builtIn !== true && (kinds === undefined || kinds.includes(kind)),
  )
}

function freeId(name: string): string {
  return freeIdFor(name, new Set(useConnections.getState().connections.map(({ id }) => id)))
}
