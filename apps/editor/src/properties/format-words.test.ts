import { readFormat } from '@millrace/flow'
import { expect, it } from 'vitest'
import { wordsOf } from './format-words.ts'

it.each([
  ['names.join(", ")', 'joined with “, ”'],
  ['size(names) == 0 ? null : names.first().upper()', 'first item, upper case'],
  ['name == null ? "none" : name', 'or “none”'],
  ['round(price, 2)', 'rounded to 2 digits'],
  ['formatDate(at, "DD.MM.YYYY")', 'as DD.MM.YYYY'],
])('says what %s does to its variable', (source, words) => {
  expect(wordsOf(readFormat(source) ?? { steps: [] })).toBe(words)
})
