import { Coins, Plus, RotateCcw, ServerCrash } from 'lucide-react'
import { useEffect, useId, useState, type FormEvent } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import type { StoredPrices } from '../api/prices-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Field } from '../ui/field.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { formOf, readForm, withNewRow, type PriceErrors, type PriceForm } from './price-form.ts'
import { PriceRows } from './price-rows.tsx'
import { priceCommands, usePrices } from './price-store.ts'
import styles from './prices-dialog.module.css'
import { ResetPricesDialog } from './reset-prices-dialog.tsx'

export interface PricesDialogProps {
  /** Models that are to be given a price. */
  readonly missing?: readonly string[]
  readonly onClose: () => void
}

/** What models cost: read and changed by the operator. */
export function PricesDialog({ missing, onClose }: PricesDialogProps) {
  const { prices, error } = usePrices()
  useEffect(() => {
    void priceCommands.load()
  }, [])
  if (prices !== undefined) return <Form prices={prices} missing={missing} onClose={onClose} />
  return (
    <Dialog isOpen size="large" onClose={onClose} title={title}>
      {error === undefined ? (
        <p className={styles.loading} role="status">
          <Spinner /> Loading prices…
        </p>
      ) : (
        <EmptyState
          icon={<ServerCrash size={20} aria-hidden />}
          title="The prices could not be read"
          actions={<Button onClick={() => void priceCommands.load()}>Try again</Button>}
        >
          {error.message}
        </EmptyState>
      )}
    </Dialog>
  )
}

const title = 'Model prices'

interface FormProps {
  /** As they are now; the form begins with them, and is not changed by others' changes. */
  readonly prices: StoredPrices
  readonly missing: readonly string[] | undefined
  readonly onClose: () => void
}

function Form({ prices, missing, onClose }: FormProps) {
  const formId = useId()
  const [stored, setStored] = useState(prices)
  const [form, setForm] = useState(() => formOf(stored, missing))
  const [errors, setErrors] = useState<PriceErrors>({})
  const [failure, setFailure] = useState<ApiError | undefined>()
  const [isSaving, setIsSaving] = useState(false)
  const [isAsking, setIsAsking] = useState(false)

  function change(changed: PriceForm): void {
    setForm(changed)
    setErrors({})
  }

  async function readAgain(): Promise<void> {
    await priceCommands.load()
    const { prices: current = stored } = usePrices.getState()
    setStored(current)
    change(formOf(current, missing))
    setFailure(undefined)
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const read = readForm(form)
    if ('errors' in read) return setErrors(read.errors)
    setIsSaving(true)
    try {
      await priceCommands.save(read.table, stored.revision)
      onClose()
    } catch (thrown) {
      setFailure(toApiError(thrown))
      setIsSaving(false)
    }
  }

  return (
    <Dialog
      isOpen
      size="large"
      onClose={onClose}
      title={title}
      description="By these, runs are told in money: list prices for a million tokens. Discounts of a vendor, for cached input say, are not in them."
      footer={
        <>
          {stored.shippedAsOf === undefined && (
            <Button
              className={styles.reset}
              icon={<RotateCcw size={14} aria-hidden />}
              disabled={isSaving}
              onClick={() => setIsAsking(true)}
            >
              Reset to shipped
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSaving}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        {stored.shippedAsOf !== undefined && (
          <p className={styles.shipped}>
            These came with Millrace: public list prices as of {dayText(stored.shippedAsOf)}. Check
            them against what you pay.
          </p>
        )}
        {failure !== undefined && (
          <div className={styles.failure} role="alert">
            <p>{failure.message}</p>
            {failure.code === 'conflict' && (
              <Button size="small" onClick={() => void readAgain()}>
                Read them again
              </Button>
            )}
          </div>
        )}
        {form.rows.length === 0 ? (
          <EmptyState icon={<Coins size={20} aria-hidden />} title="No model has a price">
            Runs are told in tokens only.
          </EmptyState>
        ) : (
          <PriceRows form={form} errors={errors} onChange={change} />
        )}
        <div className={styles.end}>
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => change(withNewRow(form))}>
            Add a model
          </Button>
          <div className={styles.currency}>
            <Field label="Currency" error={errors['currency']}>
              <TextField
                value={form.currency}
                maxLength={3}
                autoComplete="off"
                spellCheck={false}
                onChange={(currency) => change({ ...form, currency: currency.toUpperCase() })}
              />
            </Field>
          </div>
        </div>
        <p className={styles.help}>
          A name may end in a star: <code>llama-*</code> is every model that begins so. A version
          with a date, such as <code>gpt-4o-2024-08-06</code>, goes by <code>gpt-4o</code> unless it
          has a price of its own.
        </p>
      </form>
      {isAsking && (
        <ResetPricesDialog
          revision={stored.revision}
          onClose={() => setIsAsking(false)}
          onReset={onClose}
        />
      )}
    </Dialog>
  )
}

const days = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' })

function dayText(day: string): string {
  return days.format(new Date(day))
}
