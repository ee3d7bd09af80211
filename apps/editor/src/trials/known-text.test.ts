import { emptyFlow } from '@millrace/flow'
import { ragChatExample } from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { valuesOfTestData } from '../properties/known-values.ts'
import { knownTextOf } from './known-text.ts'

const lastValues = new Map<string, unknown>([['request', { sessionId: 's-1', count: 3 }]])

describe('what something is tried with', () => {
  it('is its literal, or what its variables were in the last run', () => {
    expect(knownTextOf('abc', lastValues)).toBe('abc')
    expect(knownTextOf(5, lastValues)).toBe('5')
    expect(knownTextOf({ $ref: 'request.sessionId' }, lastValues)).toBe('s-1')
    expect(knownTextOf({ $text: ['n', { $ref: 'request.count' }] }, lastValues)).toBe('n3')
  })

  it('is what the test data says before the flow has run', () => {
    const values = valuesOfTestData(ragChatExample('example', 'Example'))
    expect(knownTextOf({ $ref: 'chatCompletionRequest.sessionId' }, values)).toBe('test-example')
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
    expect(knownTextOf({ $ref: 'order.orderId' }, valuesOfTestData(flow))).toBe('A-7')
    expect(valuesOfTestData(emptyFlow('empty', 'Empty'))).toEqual(new Map())
  })

  it('is empty where nothing is known', () => {
    expect(knownTextOf(null, lastValues)).toBe('')
    expect(knownTextOf({ $ref: 'gone' }, lastValues)).toBe('')
    expect(knownTextOf({ $expr: 'request.count + 1' }, lastValues)).toBe('')
  })
})
