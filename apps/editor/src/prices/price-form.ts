import { withoutDate, type ModelPrice, type PriceTable } from '@millrace/flow'

/** A model as it stands in the form; a price that is not given yet is `undefined`. */
export interface PriceRow {
  /** Its own for as long as the form is open. */
  readonly key: number
  readonly model: string
  readonly inputPerMillion: number | undefined
  readonly outputPerMillion: number | undefined
}

/** The prices as they are edited. */
export interface PriceForm {
  readonly currency: string
  readonly rows: readonly PriceRow[]
}

type Cell = Exclude<keyof PriceRow, 'key'>

/** What is wrong and what to do, by cell: `currency`, or what `cellOf` says. */
export type PriceErrors = Readonly<Record<string, string>>

/** The name of a cell among the errors. */
export function cellOf({ key }: Pick<PriceRow, 'key'>, cell: Cell): string {
  return `${key}.${cell}`
}

/**
 * The form of a table; models that have no price yet come first, to be given one. They go by their
 * undated names, so that the price is that of their next version too.
 */
export function formOf(table: PriceTable, missing: readonly string[] = []): PriceForm {
  const names = new Set(missing.map(withoutDate))
  const models = [...[...names].map(unpriced), ...table.models]
  return { currency: table.currency, rows: models.map((row, key) => ({ ...row, key })) }
}

/** The form with one more row at its end, for a model whose name is still to be written. */
export function withNewRow(form: PriceForm): PriceForm {
  const key = 1 + Math.max(-1, ...form.rows.map((row) => row.key))
  return { ...form, rows: [...form.rows, { ...unpriced(''), key }] }
}

function unpriced(model: string): Omit<PriceRow, 'key'> {
  return { model, inputPerMillion: undefined, outputPerMillion: undefined }
}

/** The table that the form stands for, or what keeps it from being one. */
export function readForm(
  form: PriceForm,
): { readonly table: PriceTable } | { readonly errors: PriceErrors } {
  const errors = Object.fromEntries([...currencyErrors(form), ...form.rows.flatMap(rowErrors)])
  if (Object.keys(errors).length > 0) return { errors }
  const models = form.rows.map(
    ({ model, inputPerMillion = 0, outputPerMillion = 0 }): ModelPrice => {
      return { model: model.trim(), inputPerMillion, outputPerMillion }
    },
  )
  return { table: { currency: form.currency.trim().toUpperCase(), models } }
}

type CellError = readonly [cell: string, error: string]

function currencyErrors({ currency }: PriceForm): readonly CellError[] {
  return /^[a-z]{3}$/i.test(currency.trim())
    ? []
    : [['currency', 'Write the three letters of a currency, such as USD or EUR.']]
}

function rowErrors(row: PriceRow, index: number, rows: readonly PriceRow[]): readonly CellError[] {
  const model = row.model.trim()
  const isTaken = (other: PriceRow) => other.model.trim().toLowerCase() === model.toLowerCase()
  const modelError =
    model === ''
      ? 'Name the model, or remove the row.'
      : model.slice(0, -1).includes('*')
        ? 'A * stands at the end only.'
        : rows.slice(0, index).some(isTaken)
          ? 'This model has a price further up.'
          : undefined
  return [
    ...(modelError === undefined ? [] : [[cellOf(row, 'model'), modelError] as const]),
    ...priceErrors(row, 'inputPerMillion'),
    ...priceErrors(row, 'outputPerMillion'),
  ]
}

/** As the server judges it. */
const maxPerMillion = 1_000_000

function priceErrors(row: PriceRow, cell: 'inputPerMillion' | 'outputPerMillion') {
  const price = row[cell]
  if (price === undefined) return [[cellOf(row, cell), 'Give a price; 0 is free.'] as const]
  const isFitting = price >= 0 && price <= maxPerMillion
  return isFitting ? [] : [[cellOf(row, cell), 'From 0 to 1,000,000.'] as const]
}
