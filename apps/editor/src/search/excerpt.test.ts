import { expect, it } from 'vitest'
import { excerptOf } from './excerpt.ts'

it('shows the place with what stands around it, on one line', () => {
  const text = 'You are a friendly assistant.\n\nAnswer in one sentence.'
  expect(excerptOf(text, text.indexOf('sentence'), 8)).toEqual({
    before: '…Answer in one ',
    marked: 'sentence',
    after: '.',
  })
})

it('shows a text from its start when the place is near it', () => {
  expect(excerptOf('select 1', 0, 6)).toEqual({ before: '', marked: 'select', after: ' 1' })
})
