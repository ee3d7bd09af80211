import { expect, it } from 'vitest'
import { readPinText, textOfPin } from './pin-text.ts'

const outputs = [
  { key: 'result', name: 'answer', type: 'text' },
  { key: 'count', name: 'tries', type: 'number' },
] as const
const place = { outputs, flow: {} }

it('is written by the names of the variables, and kept by the keys of the outputs', () => {
  const pin = { outputs: { result: 'Yes', count: 2 }, variables: {} }
  const text = textOfPin(pin, outputs)
  expect(JSON.parse(text)).toEqual({ answer: 'Yes', tries: 2 })
  expect(readPinText(text, { ...place }, pin)).toEqual({ pin })
})

it('starts with empty values of the types', () => {
  expect(JSON.parse(textOfPin(undefined, outputs))).toEqual({ answer: '', tries: 0 })
})

it.each([
  ['[]', 'Write a record with "answer" and "tries": { … }.'],
  ['{ "answer": "a", "tries": "b" }', '"tries" is no number.'],
  ['{ "answer": "a" }', '"tries" is missing: a number.'],
  [
    '{ "answer": "a", "tries": 1, "more": 2 }',
    'The node gives no "more". It gives "answer" and "tries".',
  ],
])('says why %s cannot stand in for the node', (text, problem) => {
  expect(readPinText(text, place, undefined)).toEqual({ problem })
})
