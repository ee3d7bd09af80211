import { useId, useState, type FormEvent } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { environmentNames, environments } from '../api/environments.ts'
import type { NewKey } from '../api/keys-api.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { FlowChoices } from './flow-choices.tsx'
import {
  emptyKeyForm,
  isForAll,
  readKeyForm,
  type KeyForm,
  type KeyFormErrors,
} from './key-form.ts'
import { keyCommands } from './key-list.ts'
import styles from './new-key-dialog.module.css'
import { PolicyChoices } from './policy-choices.tsx'
import { ShownKeyDialog } from './shown-key-dialog.tsx'

const places = [
  { value: 'any', label: 'Any' },
  ...environments.map((value) => ({ value, label: environmentNames[value] })),
] as const

/** Makes a key, and then shows it. */
export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const [made, setMade] = useState<NewKey>()
  return made === undefined ? (
    <Form onMade={setMade} onClose={onClose} />
  ) : (
    <ShownKeyDialog made={made} onClose={onClose} />
  )
}

interface FormProps {
  readonly onMade: (made: NewKey) => void
  readonly onClose: () => void
}

function Form({ onMade, onClose }: FormProps) {
  const formId = useId()
  const [form, setForm] = useState(emptyKeyForm)
  const [errors, setErrors] = useState<KeyFormErrors>({})
  const [failure, setFailure] = useState<ApiError>()
  const [isBusy, setIsBusy] = useState(false)
  const change = (changes: Partial<KeyForm>) => {
    setForm({ ...form, ...changes })
    setErrors({})
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const read = readKeyForm(form)
    if ('errors' in read) return setErrors(read.errors)
    setIsBusy(true)
    try {
      onMade(await keyCommands.create(read.wish))
    } catch (thrown) {
      setFailure(toApiError(thrown))
      setIsBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New API key"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <Field label="Name" isRequired help="Whose key it is." error={errors.name}>
          <TextField
            value={form.name}
            maxLength={100}
            autoComplete="off"
            placeholder="Web shop"
            onChange={(name) => change({ name })}
          />
        </Field>
        <PolicyChoices
          policies={form.policies}
          error={errors.policies}
          onChange={(policies) => change({ policies })}
        />
        {!isForAll(form) && (
          <>
            <Choice
              label="Flows"
              value={form.scope}
              options={[
                { value: 'all', label: 'All flows' },
                { value: 'some', label: 'Some flows' },
              ]}
              onChange={(scope) => change({ scope })}
            />
            {form.scope === 'some' && (
              <FlowChoices
                flows={form.flows}
                error={errors.flows}
                onChange={(flows) => change({ flows })}
              />
            )}
            <Field
              label="Environment"
              help="Any: a call says which, and runs what is published to production when it does not. Development runs drafts."
            >
              <Select
                value={form.environment}
                options={places}
                onChange={(environment) => change({ environment })}
              />
            </Field>
          </>
        )}
        <div className={styles.limits}>
          <Field label="Requests a minute" error={errors.requestsPerMinute}>
            <NumberField
              value={form.requestsPerMinute}
              minimum={1}
              byDefault={60}
              placeholder="No limit"
              onChange={(requestsPerMinute) => change({ requestsPerMinute })}
            />
          </Field>
          <Field label="Runs at a time" error={errors.concurrentRuns}>
            <NumberField
              value={form.concurrentRuns}
              minimum={1}
              byDefault={10}
              placeholder="No limit"
              onChange={(concurrentRuns) => change({ concurrentRuns })}
            />
          </Field>
        </div>
        {failure !== undefined && (
          <p className={styles.failure} role="alert">
            {failure.message}
          </p>
        )}
      </form>
    </Dialog>
  )
}
