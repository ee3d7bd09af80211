import { expect, it } from 'vitest'
import { fieldsOfExample } from './fields-of-example.ts'

it('reads the fields off an example, what is null as optional', () => {
  const example = { id: 'C-17', count: 3, express: true, lines: [], address: {}, note: null }
  expect(fieldsOfExample(example, [])).toEqual({
    fields: [
      { name: 'id', type: 'text' },
      { name: 'count', type: 'number' },
      { name: 'express', type: 'boolean' },
      { name: 'lines', type: 'list' },
      { name: 'address', type: 'record' },
      { name: 'note', type: 'any', optional: true },
    ],
  })
})

it('keeps what was said of a field before', () => {
  const known = [{ name: 'note', type: 'text', description: 'For the driver' }] as const
  expect(fieldsOfExample({ note: null }, known)).toEqual({
    fields: [{ name: 'note', type: 'text', optional: true, description: 'For the driver' }],
  })
})

it('says why an example shows no fields', () => {
  expect(fieldsOfExample([1], [])).toEqual({
    problem: 'The example must be a JSON object: { … }.',
  })
  expect(fieldsOfExample({ 'customer id': 1 }, [])).toEqual({
    problem:
      '“customer id” cannot be a field: a name is a letter first, then letters, digits and _ only.',
  })
})
