import { expect, it } from 'vitest'
import type { Published } from '../api/published.ts'
import { mainPublication, publishedWords } from './published-words.ts'

const published = (fields: Partial<Published> = {}): Published => ({
  environment: 'production',
  revision: '3',
  publishedAt: new Date(0),
  changes: 0,
  ...fields,
})

it('tells how the flow stands to what is published', () => {
  expect(publishedWords(published())).toBe('Published')
  expect(publishedWords(published({ changes: 1 }))).toBe('Published · 1 change since')
  expect(publishedWords(published({ changes: 3 }))).toBe('Published · 3 changes since')
  expect(publishedWords(published({ changes: undefined }))).toBe('Published · changed since')
  expect(publishedWords(published({ environment: 'test', changes: 2 }))).toBe(
    'Published to test · 2 changes since',
  )
})

it('counts production before test, which is better than nothing', () => {
  const [test, production] = [published({ environment: 'test' }), published()]
  expect(mainPublication([test, production])).toBe(production)
  expect(mainPublication([test])).toBe(test)
  expect(mainPublication([])).toBeUndefined()
})
