import { useState, type FormEvent } from 'react'
import { toApiError } from '../api/api-error.ts'
import { environmentNames, environments, type Environment } from '../api/environments.ts'
import { putVariable, type Variable, type VariableUse } from '../api/variables-api.ts'
import { StoredSecret } from '../connections/stored-secret.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { guidanceWords } from './use-words.ts'
import { changeOf, formOf, whyNotName } from './variable-form.ts'
import styles from './variables-page.module.css'

interface VariableDialogProps {
  /** The one that is changed; a new one when not given. */
  readonly variable?: Variable
  /** The connections that hold it. */
  readonly uses?: readonly VariableUse[]
  /** What a new one is called at first. */
  readonly name?: string
  /** The names that a new one cannot have. */
  readonly taken?: ReadonlySet<string>
  readonly onClose: () => void
  readonly onDone: () => void
}

const noNames: ReadonlySet<string> = new Set()
const noUses: readonly VariableUse[] = []

/** Makes a variable, or changes one. */
export function VariableDialog({
  variable,
  uses = noUses,
  name = '',
  taken = noNames,
  onClose,
  onDone,
}: VariableDialogProps) {
  const [form, setForm] = useState(() => formOf(variable ?? name))
  const [hasTried, setHasTried] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | undefined>()
  const guidance = guidanceWords(uses)
  const nameError = variable === undefined ? whyNotName(form.name, taken) : undefined

  async function save(): Promise<void> {
    setIsBusy(true)
    try {
      await putVariable(form.name, changeOf(form))
      onDone()
      onClose()
    } catch (thrown) {
      setRefusal(toApiError(thrown).message)
      setIsBusy(false)
    }
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    setHasTried(true)
    if (nameError === undefined) void save()
  }

  function setValue(environment: Environment, text: string): void {
    setForm({ ...form, values: { ...form.values, [environment]: text } })
  }

  /** Secret values cannot be shown, so they go when the variable is none any more. */
  function setSecret(isSecret: boolean): void {
    setForm({
      ...form,
      isSecret,
      values: isSecret
        ? form.values
        : {
            development: form.values.development ?? '',
            test: form.values.test ?? '',
            production: form.values.production ?? '',
          },
    })
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={variable === undefined ? 'New variable' : `Variable “${variable.name}”`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="variable" isBusy={isBusy}>
            Save
          </Button>
        </>
      }
    >
      <form id="variable" className={styles.form} onSubmit={onSubmit}>
        {variable === undefined && (
          <Field
            label="Name"
            isRequired
            help={`A connection uses it as \${${form.name === '' ? 'name' : form.name}}.`}
            error={hasTried ? nameError : undefined}
          >
            <TextField
              isMono
              value={form.name}
              maxLength={64}
              placeholder="databaseHost"
              autoComplete="off"
              onChange={(name) => setForm({ ...form, name })}
            />
          </Field>
        )}
        <Field
          label="Secret"
          help={
            variable?.isSecret === true && !form.isSecret
              ? 'Its values were secret, and are taken away unless you enter them again.'
              : 'Stored encrypted, never shown again, and only for secret fields of connections.'
          }
          action={<Switch label="Secret" isOn={form.isSecret} onChange={setSecret} />}
        >
          {null}
        </Field>
        {guidance !== undefined && <p className={styles.note}>{guidance}</p>}
        {environments.map((environment) => {
          const label = environmentNames[environment]
          const value = form.values[environment]
          return (
            <Field key={environment} label={label}>
              {value === undefined ? (
                <StoredSecret
                  label={label}
                  isLocked={variable?.isLocked ?? false}
                  onReplace={() => setValue(environment, '')}
                />
              ) : (
                <TextField
                  isMono
                  type={form.isSecret ? 'password' : 'text'}
                  value={value}
                  placeholder="Not set"
                  autoComplete="off"
                  onChange={(text) => setValue(environment, text)}
                />
              )}
            </Field>
          )
        })}
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal}
          </p>
        )}
      </form>
    </Dialog>
  )
}
