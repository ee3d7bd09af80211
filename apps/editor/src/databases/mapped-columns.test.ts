import type { Table } from '@millrace/nodes'
import { expect, it } from 'vitest'
import { missingColumns, summaryOfMapping } from './mapped-columns.ts'

const common = { databaseType: 'text', type: 'text', nullable: true, hasDefault: false } as const
const table: Table = {
  schema: 'public',
  name: 'chat_history',
  columns: [
    { name: 'session_id', key: true, ...common },
    { name: 'history', key: false, ...common },
    { name: 'length', key: false, isGenerated: true, ...common },
  ],
  uniqueKeys: [['session_id']],
}

it('adds the columns that are not mapped yet, but none that the database alone writes', () => {
  expect(missingColumns([], table)).toEqual([
    { column: 'session_id', type: 'auto', value: null, key: true },
    { column: 'history', type: 'auto', value: null },
  ])
  const mapped = [{ column: 'SESSION_ID', type: 'text', value: '' }] as const
  expect(missingColumns(mapped, table).map(({ column }) => column)).toEqual(['history'])
})

it('sums a mapping up in one line', () => {
  const mapped = missingColumns([], table)
  expect(summaryOfMapping(mapped)).toBe('2 columns · key session_id')
  expect(summaryOfMapping(mapped.slice(1))).toBe('1 column')
})
