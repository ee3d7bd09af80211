import { expect, it } from 'vitest'
import { expressionResult } from './expression-result.ts'

const values = new Map<string, unknown>([['request', { prompt: 'Hi', list: [1] }]])

it('works an expression out with the values of the last run', () => {
  expect(expressionResult('request.prompt.size() + 1', values)).toBe('3')
  expect(expressionResult('request', values)).toBe('{"prompt":"Hi","list":[1]}')
})

it('is silent where a value is not known', () => {
  expect(expressionResult('response.content', values)).toBeUndefined()
})

it('says why it would fail', () => {
  expect(expressionResult('request.list[3]', values)).toBe(
    'fails: there is no item 3 in a list of 1',
  )
})
