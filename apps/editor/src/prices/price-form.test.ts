import { expect, it } from 'vitest'
import {
  cellOf,
  formOf,
  readForm,
  withNewRow,
  type PriceForm,
  type PriceRow,
} from './price-form.ts'

const table = {
  currency: 'USD',
  models: [
    { model: 'wheel', inputPerMillion: 2.5, outputPerMillion: 10 },
    { model: 'local-*', inputPerMillion: 0, outputPerMillion: 0 },
  ],
}

it('is the table that it was made of, until it is changed', () => {
  expect(readForm(formOf(table))).toEqual({ table })
})

it('puts models that have no price first, and wants one of them', () => {
  const form = formOf(table, ['mill-2030-01-02', 'mill'])
  expect(form.rows.map(({ model }) => model)).toEqual(['mill', 'wheel', 'local-*'])
  expect(readForm(form)).toEqual({
    errors: {
      '0.inputPerMillion': 'Give a price; 0 is free.',
      '0.outputPerMillion': 'Give a price; 0 is free.',
    },
  })
})

it('takes names and the currency as they are meant', () => {
  const form = formOf({ ...table, currency: ' eur' })
  const rows = form.rows.map((row) => ({ ...row, model: ` ${row.model} ` }))
  expect(readForm({ ...form, rows })).toEqual({ table: { ...table, currency: 'EUR' } })
})

it.each([
  ['', 'Name the model, or remove the row.'],
  ['a*b', 'A * stands at the end only.'],
  ['WHEEL', 'This model has a price further up.'],
])('says at its cell what is wrong with the name "%s"', (model, error) => {
  const form = withNewRow(formOf(table))
  const rows = form.rows.map((row) =>
    row.key === 2 ? { key: 2, model, inputPerMillion: 1, outputPerMillion: 1 } : row,
  )
  expect(readForm({ ...form, rows })).toEqual({ errors: { [cellOf({ key: 2 }, 'model')]: error } })
})

it.each<[change: Partial<PriceForm & PriceRow>, cell: string, error: string]>([
  [
    { currency: 'dollar' },
    'currency',
    'Write the three letters of a currency, such as USD or EUR.',
  ],
  [{ inputPerMillion: -1 }, '0.inputPerMillion', 'From 0 to 1,000,000.'],
  [{ outputPerMillion: 2_000_000 }, '0.outputPerMillion', 'From 0 to 1,000,000.'],
])('refuses %j', ({ currency = 'USD', ...price }, cell, error) => {
  const form = formOf({ currency, models: table.models })
  const rows = form.rows.map((row) => (row.key === 0 ? { ...row, ...price } : row))
  expect(readForm({ ...form, rows })).toEqual({ errors: { [cell]: error } })
})

it('gives each new row a key of its own, also after one was removed', () => {
  const form = withNewRow(formOf(table))
  const removed = { ...form, rows: form.rows.filter(({ key }) => key !== 0) }
  expect(withNewRow(removed).rows.map(({ key }) => key)).toEqual([1, 2, 3])
})
