import { Field } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import styles from './share-dialog.module.css'
import { mostOf, type LimitName, type ShareErrors, type ShareForm } from './share-form.ts'

interface ShareLimitsProps {
  readonly form: ShareForm
  readonly errors: ShareErrors
  readonly onChange: (changed: Partial<ShareForm>) => void
}

/** How many messages visitors may send. */
export function ShareLimits({ form, errors, onChange }: ShareLimitsProps) {
  return (
    <fieldset className={styles.limits}>
      <legend>Messages at most</legend>
      {limits.map(({ name, label }) => (
        <Field key={name} label={label} error={errors[name]}>
          <NumberField
            value={form[name]}
            minimum={1}
            maximum={mostOf[name]}
            onChange={(value) => onChange({ [name]: value })}
          />
        </Field>
      ))}
    </fieldset>
  )
}

const limits: readonly { readonly name: LimitName; readonly label: string }[] = [
  { name: 'perMinute', label: 'Per address and minute' },
  { name: 'perSession', label: 'Per conversation' },
  { name: 'perDay', label: 'Per day, all together' },
]
