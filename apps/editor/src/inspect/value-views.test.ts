import { expect, it } from 'vitest'
import { viewOf } from './result-parts.ts'
import { looksOf } from './value-views.ts'

function looks(value: unknown) {
  return looksOf(viewOf(value), value)
}

it('offers a table for a list of records, a tree for anything with parts, text for the rest', () => {
  expect(looks([{ id: 1 }])).toEqual(['table', 'tree', 'json'])
  expect(looks({ id: 1 })).toEqual(['tree', 'json'])
  expect(looks([1, 2])).toEqual(['tree', 'json'])
  for (const value of [null, 5, true, [], {}]) expect(looks(value)).toEqual(['text'])
})

it('offers Markdown for a text that is written in it, and a tree for one that holds JSON', () => {
  expect(looks('plain words')).toEqual(['text'])
  expect(looks('- one\n- two')).toEqual(['text', 'markdown'])
  expect(looks('[{"role":"user"}]')).toEqual(['tree', 'text'])
})
