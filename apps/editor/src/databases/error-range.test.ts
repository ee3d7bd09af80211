import { expect, it } from 'vitest'
import { errorRange } from './error-range.ts'

const statement = 'select 1\nfrm x'

it('marks the word at the position that the database names', () => {
  expect(errorRange(statement, { position: 10 })).toEqual({ start: 9, end: 12 })
})

it('marks the line where only that is known, and nothing without either', () => {
  expect(errorRange(statement, { line: 2 })).toEqual({ start: 9, end: 14 })
  expect(errorRange(statement, { line: 9 })).toBeUndefined()
  expect(errorRange(statement, {})).toBeUndefined()
})
