import { Field } from '@base-ui/react/field'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { cellOf, type PriceErrors, type PriceForm, type PriceRow } from './price-form.ts'
import styles from './price-rows.module.css'
import { useCellFocus } from './use-cell-focus.ts'

interface PriceRowsProps {
  readonly form: PriceForm
  readonly errors: PriceErrors
  readonly onChange: (form: PriceForm) => void
}

/** The models with their prices, a row each. */
export function PriceRows({ form, errors, onChange }: PriceRowsProps) {
  const { rows } = form
  const table = useCellFocus(rows, errors)
  return (
    <table ref={table} className={styles.rows}>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">Input, {form.currency} per million</th>
          <th scope="col">Output, {form.currency} per million</th>
          <th>
            <span className="visually-hidden">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Row
            key={row.key}
            row={row}
            title={row.model.trim() === '' ? `row ${index + 1}` : row.model}
            errors={errors}
            onChange={(changed) =>
              onChange({
                ...form,
                rows: rows.map((other) => (other.key === row.key ? changed : other)),
              })
            }
            onRemove={() => onChange({ ...form, rows: rows.filter(({ key }) => key !== row.key) })}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly row: PriceRow
  /** What the row is about, for the names of its controls. */
  readonly title: string
  readonly errors: PriceErrors
  readonly onChange: (row: PriceRow) => void
  readonly onRemove: () => void
}

function Row({ row, title, errors, onChange, onRemove }: RowProps) {
  return (
    <tr>
      <Cell error={errors[cellOf(row, 'model')]}>
        <TextField
          aria-label={`Model of ${title}`}
          isMono
          maxLength={200}
          placeholder="gpt-4o"
          autoComplete="off"
          spellCheck={false}
          value={row.model}
          onChange={(model) => onChange({ ...row, model })}
        />
      </Cell>
      <Cell error={errors[cellOf(row, 'inputPerMillion')]}>
        <NumberField
          label={`Input price of ${title}`}
          minimum={0}
          step={0.05}
          value={row.inputPerMillion}
          onChange={(inputPerMillion) => onChange({ ...row, inputPerMillion })}
        />
      </Cell>
      <Cell error={errors[cellOf(row, 'outputPerMillion')]}>
        <NumberField
          label={`Output price of ${title}`}
          minimum={0}
          step={0.05}
          value={row.outputPerMillion}
          onChange={(outputPerMillion) => onChange({ ...row, outputPerMillion })}
        />
      </Cell>
      <td>
        <IconButton label={`Remove ${title}`} onClick={onRemove}>
          <X size={14} aria-hidden />
        </IconButton>
      </td>
    </tr>
  )
}

function Cell({
  error,
  children,
}: {
  readonly error: string | undefined
  readonly children: ReactNode
}) {
  return (
    <td>
      <Field.Root invalid={error !== undefined}>
        {children}
        {error !== undefined && (
          <Field.Error match className={styles.error}>
            {error}
          </Field.Error>
        )}
      </Field.Root>
    </td>
  )
}
