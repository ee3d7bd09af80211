import { emptyFlow } from '@millrace/flow'
import { ragChatExample } from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { valuesOfTestData } from '../properties/known-values.ts'
import { readTestValue, testTextOf } from './test-values.ts'

const lastValues = new Map<string, unknown>([['request', { sessionId: 's-1', count: 3 }]])

describe('what a parameter is tried with', () => {
  it('is its literal, or what its variables were in the last run', () => {
    expect(testTextOf('abc', lastValues)).toBe('abc')
    expect(testTextOf(5, lastValues)).toBe('5')
    expect(testTextOf({ $ref: 'request.sessionId' }, lastValues)).toBe('s-1')
    expect(testTextOf({ $text: ['n', { $ref: 'request.count' }] }, lastValues)).toBe('n3')
  })

  it('is what the test data says before the flow has run', () => {
    const values = valuesOfTestData(ragChatExample('example', 'Example'))
    expect(testTextOf({ $ref: 'chatCompletionRequest.sessionId' }, values)).toBe('test-example')
  })

  it('is what the default data of any trigger says', () => {
    const flow = {
      ...emptyFlow('orders', 'Orders'),
      nodes: [
        {
          id: 'trigger',
          type: 'flow.trigger',
          properties: { defaultData: { orderId: 'A-7' }, outputVariable: 'order' },
        },
      ],
    }
    expect(testTextOf({ $ref: 'order.orderId' }, valuesOfTestData(flow))).toBe('A-7')
    expect(valuesOfTestData(emptyFlow('empty', 'Empty'))).toEqual(new Map())
  })

  it('is empty where nothing is known', () => {
    expect(testTextOf(null, lastValues)).toBe('')
    expect(testTextOf({ $ref: 'gone' }, lastValues)).toBe('')
    expect(testTextOf({ $expr: 'request.count + 1' }, lastValues)).toBe('')
  })
})

describe('a typed value', () => {
  it('is of the type of its parameter', () => {
    expect(readTestValue('42', 'text')).toBe('42')
    expect(readTestValue('42', 'integer')).toBe(42)
    expect(readTestValue('true', 'boolean')).toBe(true)
    expect(readTestValue('42', 'auto')).toBe(42)
    expect(readTestValue('[1, 2]', 'vector')).toEqual([1, 2])
    expect(readTestValue('{"a": 1}', 'json')).toEqual({ a: 1 })
  })

  it('is null when it is empty, and goes as it is when it cannot be read', () => {
    expect(readTestValue('', 'text')).toBeNull()
    expect(readTestValue('many', 'integer')).toBe('many')
    expect(readTestValue('{', 'json')).toBe('{')
  })
})
