import { emptyFlow, scopesOf, type Flow, type JsonValue } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { valuesOfTestData, withFirstItems } from './known-values.ts'

const flow: Flow = {
  ...emptyFlow('orders', 'Orders'),
  nodes: [
    {
      id: 'trigger',
      type: 'http.trigger',
      properties: {
        defaultData: { orders: [{ id: 7, lines: [{ product: 'Bran' }] }] },
        outputVariable: 'request',
      },
    },
    forEach('orders', 'order', { $ref: 'request.orders' }),
    forEach('lines', 'line', { $ref: 'order.lines' }),
    forEach('sizes', 'size', ['S', 'M']),
    forEach('none', 'nothing', { $ref: 'order.gone' }),
    { id: 'log', type: 'flow.log', properties: { message: 'x' } },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'orders' },
    { from: ['orders', 'forEachItem'], to: 'lines' },
    { from: ['lines', 'forEachItem'], to: 'sizes' },
    { from: ['sizes', 'forEachItem'], to: 'none' },
    { from: ['none', 'forEachItem'], to: 'log' },
  ],
}

function forEach(id: string, loopVariable: string, items: JsonValue): Flow['nodes'][number] {
  return { id, type: 'flow.forEach', properties: { items, loopVariable } }
}

it('knows what a loop variable holds by the first item of its list, in loops of loops too', () => {
  const variables = scopesOf(flow, registry).at('log')
  const values = withFirstItems(flow, variables, valuesOfTestData(flow))
  const order = { id: 7, lines: [{ product: 'Bran' }] }
  expect(Object.fromEntries(values)).toEqual({
    request: { orders: [order] },
    order,
    line: { product: 'Bran' },
    size: 'S',
  })
})

it('knows no item of a list that is not known', () => {
  const variables = scopesOf(flow, registry).at('log')
  expect([...withFirstItems(flow, variables, new Map()).keys()]).toEqual(['size'])
})
