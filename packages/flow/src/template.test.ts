import { describe, expect, it } from 'vitest'
import {
  fillTemplate,
  placeholdersIn,
  recordFields,
  textOfTemplate,
  writePlaceholder,
} from './template.ts'

const values = new Map([
  ['context', 'C'],
  ['userPrompt', 'U'],
])

describe('fillTemplate', () => {
  it.each([
    ['every occurrence', '@@context @@userPrompt @@context', 'C U C'],
    ['letters that follow make another name', '@@contextX @@context1', '@@contextX C1'],
    ['unknown placeholders stay', '@@other @@userPrompt', '@@other U'],
    ['a sign more before it stays', '@@@context', '@C'],
    ['names are told apart by case', '@@Context', '@@Context'],
    ['letters of any alphabet count', '@@contextä', '@@contextä'],
    ['no placeholder', 'a@@ b', 'a@@ b'],
  ])('[S8] [S10] replaces placeholders: %s', (_, template, expected) => {
    expect(fillTemplate([template], values)).toBe(expected)
  })

  it('[S8] reads a text of nothing but beginnings', () => {
    const text = '@['.repeat(200_000)
    expect(fillTemplate([text], values, recordFields)).toBe(text)
  })

  it('[S9] never expands what was put in', () => {
    const hostile = new Map([
      ['context', '@@userPrompt $& $1'],
      ['userPrompt', '@@context'],
    ])
    expect(fillTemplate(['@@context|@@userPrompt'], hostile)).toBe('@@userPrompt $& $1|@@context')
  })
})

describe('a value that a variable put into a template', () => {
  const template = ['To @@userPrompt: ', { value: '@@context' }, ' @@', { value: 'context' }]

  it('[S9] is never read as a template, nor with the text around it', () => {
    expect(fillTemplate(template, values)).toBe('To U: @@context @@context')
  })

  it('stands in the text as it is', () => {
    expect(textOfTemplate(template)).toBe('To @@userPrompt: @@context @@context')
  })
})

describe('placeholdersIn', () => {
  it('finds placeholders with their places', () => {
    expect(placeholdersIn('a @@context @@x')).toEqual([
      { name: 'context', start: 2, end: 11 },
      { name: 'x', start: 12, end: 15 },
    ])
  })
})

describe('the fields of a record in a template', () => {
  const fields = new Map([
    ['id', '7'],
    ['Full name', 'Ada @[id] $&'],
  ])

  it('are replaced by name, in one pass; unknown ones and variables stay as they are', () => {
    const template = ['@[id]: @[Full name] @[other] @[] @id @@id ', { value: '@[id]' }]
    expect(fillTemplate(template, fields, recordFields)).toBe(
      '7: Ada @[id] $& @[other] @[] @id @@id @[id]',
    )
  })

  it('are found with their places, as they are written', () => {
    const text = `a ${writePlaceholder('Full name', recordFields)} @@id`
    expect(placeholdersIn(text, recordFields)).toEqual([{ name: 'Full name', start: 2, end: 14 }])
  })
})
