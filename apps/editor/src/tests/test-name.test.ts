import { expect, it } from 'vitest'
import { testName } from './test-name.ts'

it.each([
  [{ prompt: '  Who\nare you? ' }, 'Who are you?'],
  [{ prompt: '' }, 'Chat'],
  [{ prompt: 7 }, 'Chat'],
  [null, 'Chat'],
  [{ prompt: 'word '.repeat(30) }, `${'word '.repeat(12).trimEnd()}…`],
])('calls the test of a run with %j %j', (input, name) => {
  expect(testName(input, 'Chat')).toBe(name)
})
