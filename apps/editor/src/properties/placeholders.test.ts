import { expect, it } from 'vitest'
import { unknownPlaceholders } from './placeholders.ts'

it('takes the longest run of letters for a placeholder, and names the unknown ones once', () => {
  const known = { context: 'The context', userPrompt: 'The prompt' }
  const template = '@@context @@contextX @@userPrompt1 @@contextX @@ a@@b'
  expect(unknownPlaceholders(template, known)).toEqual(['contextX', 'b'])
})
