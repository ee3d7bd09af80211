import { expect, it } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { tableHint, tableSuggestions } from './table-hint.ts'

const ready = {
  status: 'ready',
  value: [
    { schema: 'public', name: 'documents' },
    { schema: 'sales', name: 'Orders' },
  ],
} as const

it('suggests tables, with their schema where the database needs it', () => {
  expect(tableSuggestions(ready).items).toEqual(['documents', 'sales.Orders'])
})

it('says why there are none', () => {
  const error = new ApiError('database_unavailable', 'Nothing answers.')
  expect(tableSuggestions({ status: 'none' }).note).toBe('Choose a connection to see its tables.')
  expect(tableSuggestions({ status: 'failed', error }).items).toEqual([])
})

it('names the nearest table of a name that there is not', () => {
  expect(tableHint(ready, 'document_s')).toEqual({
    text: 'There is no table “document_s” yet.',
    nearest: 'documents',
  })
})

it('is silent about a table in any notation, and about the beginning of one', () => {
  for (const name of ['documents', 'public.documents', '"sales"."Orders"', '[sales].[ord', 'doc']) {
    expect(tableHint(ready, name)).toBeUndefined()
  }
  expect(tableHint({ status: 'loading' }, 'x')).toBeUndefined()
})
