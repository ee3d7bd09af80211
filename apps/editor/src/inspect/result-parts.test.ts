import { expect, it } from 'vitest'
import { resultParts } from './result-parts.ts'
import { openText } from './value-text.ts'

const hit = { key: 'a', content: 'Neptune', score: 0.18, metadata: { page: 3 } }

it('shows what a search found as its hits', () => {
  const found = { records: [hit], prompt: 'Neptune' }
  expect(resultParts({ searchResult: found })).toEqual([
    { name: 'searchResult', value: found, view: { kind: 'hits', hits: [hit] }, size: '1 hit' },
  ])
})

it('shows a list of records as rows, with all of their fields', () => {
  const rows = [
    { id: 1, name: 'a' },
    { id: 2, more: true },
  ]
  expect(resultParts({ rows })[0]).toMatchObject({
    view: {
      kind: 'rows',
      columns: ['id', 'name', 'more'],
      rows: [
        [1, 'a', null],
        [2, null, true],
      ],
    },
    size: '2 rows',
  })
})

it('shows anything else as the value that it is', () => {
  for (const value of [null, 'text', 5, [], [1, 2], { records: [{ id: 1 }] }]) {
    expect(resultParts({ value })[0]?.view).toEqual({ kind: 'value', value })
  }
})

it('lays JSON out, also where it is in a text', () => {
  expect(openText('[{"role":"user"}]')).toBe('[\n  {\n    "role": "user"\n  }\n]')
  expect(openText('[not json')).toBe('[not json')
})
