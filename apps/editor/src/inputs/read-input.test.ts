import { expect, it } from 'vitest'
import { readInput } from './read-input.ts'

const fields = [
  { name: 'customer', type: 'text' },
  { name: 'quantity', type: 'number' },
  { name: 'lines', type: 'list', optional: true },
] as const

it('reads an input that has what the flow declares', () => {
  const value = { customer: 'C-17', quantity: 2, more: true }
  expect(readInput(JSON.stringify(value), fields)).toEqual({ value, problems: [] })
})

it('says at each field what is wrong with it', () => {
  expect(readInput('{ "quantity": "two", "lines": {} }', fields).problems).toEqual([
    { field: 'customer', message: '“customer” is needed.' },
    { field: 'quantity', message: '“quantity” must be a number.' },
    { field: 'lines', message: '“lines” must be a list: [ … ].' },
  ])
})

it('takes anything where nothing is declared, and an object for no text', () => {
  expect(readInput('[1]', [])).toEqual({ value: [1], problems: [] })
  expect(readInput(' ', [])).toEqual({ value: {}, problems: [] })
})

it('names what is no JSON, or no object where fields are declared', () => {
  expect(readInput('{ "a": ', fields).problems[0]?.message).toMatch(/^This is no JSON yet: /)
  expect(readInput('7', fields).problems).toEqual([
    { field: undefined, message: 'It must be a JSON object: { … }.' },
  ])
})
