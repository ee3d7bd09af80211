import { expect, it } from 'vitest'
import { readTrialText, trialValueOf } from './trial-values.ts'

const values = new Map<string, unknown>([['request', { prompt: 'Hi', count: 2 }]])

it('tries an input with its literal, or with what its variables hold', () => {
  expect(trialValueOf(7, values)).toBe(7)
  expect(trialValueOf({ $ref: 'request.count' }, values)).toBe(2)
  expect(trialValueOf({ $text: ['Said: ', { $ref: 'request.prompt' }] }, values)).toBe('Said: Hi')
  expect(trialValueOf({ $ref: 'unknown' }, values)).toBe(null)
  expect(trialValueOf({ $expr: '1 + 1' }, values)).toBe(null)
})

it('reads what was typed as JSON where it is JSON, and text as it is', () => {
  expect(readTrialText('{"a": 1}', 'any')).toEqual({ a: 1 })
  expect(readTrialText('12', 'number')).toBe(12)
  expect(readTrialText('12', 'text')).toBe('12')
  expect(readTrialText('', 'text')).toBe('')
  expect(readTrialText(' ', 'any')).toBe(null)
  expect(readTrialText('Hello', 'any')).toBe('Hello')
})
