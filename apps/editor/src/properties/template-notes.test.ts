import { promptParts, recordFields } from '@millrace/flow'
import { expect, it } from 'vitest'
import { templateNotes } from './template-notes.ts'

const rules = {
  notation: promptParts,
  meanings: new Map([
    ['context', 'The context'],
    ['userPrompt', 'The prompt'],
  ]),
  expects: 'userPrompt',
}

it('names unknown placeholders once, each with the known one that was meant', () => {
  expect(templateNotes('@@contxt @@userPrompt @@contxt a@@b @@', rules)).toEqual([
    {
      message: '@@contxt is no placeholder: it is sent as it stands.',
      fix: { text: '@@context', range: { from: 0, to: 8 } },
    },
    { message: '@@b is no placeholder: it is sent as it stands.' },
  ])
})

it('takes the longest run of letters of any alphabet for a placeholder', () => {
  expect(templateNotes('@@userPrompt1', rules)).toEqual([])
  expect(templateNotes('@@userPrompt @@contextä', rules)).toMatchObject([
    { message: '@@contextä is no placeholder: it is sent as it stands.' },
  ])
})

it('misses the user prompt, but not in an empty template', () => {
  expect(templateNotes('Answer @@context', rules)).toEqual([
    {
      message: '@@userPrompt is missing, so the model does not get it.',
      fix: { text: '@@userPrompt' },
    },
  ])
  expect(templateNotes(' ', rules)).toEqual([])
})

it('knows the fields of a record definition, as they are written', () => {
  const ofRecord = { notation: recordFields, meanings: new Map([['link', 'Metadata']]) }
  expect(templateNotes('@[link] @[lnk] @@link', ofRecord)).toEqual([
    {
      message: '@[lnk] is no placeholder: it is sent as it stands.',
      fix: { text: '@[link]', range: { from: 8, to: 14 } },
    },
  ])
})
