import { emptyFlow, type Flow } from '@millrace/flow'

/** A flow that is called by others: one rule, in one place. */
const calledId = 'price-of-line'

/** Prices the lines of an order by calling another flow for each of them. */
export function priceListExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Calls the flow “Price of a line” for each line of an order and returns the prices. Change the rule there, and every flow that calls it follows. It needs no key.',
    variables: [{ name: 'prices', type: 'list', value: [] }],
    nodes: [
      {
        id: 'trigger',
        type: 'http.trigger',
        properties: {
          fields: [
            { name: 'lines', type: 'list', description: 'Each with a quantity and a price.' },
          ],
          defaultData: {
            lines: [
              { quantity: 2, price: 19.5 },
              { quantity: 20, price: 7 },
            ],
          },
          outputVariable: 'order',
        },
      },
      {
        id: 'forEach',
        type: 'flow.forEach',
        title: 'For each line',
        properties: { items: { $ref: 'order.lines' }, loopVariable: 'line' },
      },
      {
        id: 'price',
        type: 'flow.runFlow',
        title: 'Price of a line',
        properties: {
          flow: calledId,
          inputs: [
            { name: 'quantity', value: { $ref: 'line.quantity' } },
            { name: 'price', value: { $ref: 'line.price' } },
          ],
          resultVariable: 'result',
          resultType: 'number',
        },
      },
      {
        id: 'collect',
        type: 'flow.setVariable',
        title: 'Collect',
        properties: { variable: 'prices', value: { $expr: 'prices + [result]' } },
      },
      {
        id: 'return',
        type: 'flow.return',
        title: 'Return the prices',
        properties: { value: { $ref: 'prices' } },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'forEach' },
      { from: ['forEach', 'forEachItem'], to: 'price' },
      { from: ['price', 'continue'], to: 'collect' },
      { from: ['forEach', 'continue'], to: 'return' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        forEach: [384, 120],
        price: [688, 80],
        collect: [992, 80],
        return: [688, 340],
      },
    },
  }
}

/** The flow that `priceListExample` calls. */
export function priceOfLineExample(): Flow {
  return {
    ...emptyFlow(calledId, 'Price of a line'),
    description: 'Multiplies, and takes a tenth off from ten pieces on.',
    nodes: [
      {
        id: 'trigger',
        type: 'flow.trigger',
        properties: {
          fields: [
            { name: 'quantity', type: 'number' },
            { name: 'price', type: 'number' },
          ],
          defaultData: { quantity: 10, price: 2.5 },
          outputVariable: 'line',
        },
      },
      {
        id: 'return',
        type: 'flow.return',
        title: 'Return the price',
        properties: {
          value: {
            $expr: 'line.quantity * line.price * (line.quantity >= 10.0 ? 0.9 : 1.0)',
          },
        },
      },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'return' }],
    layout: { nodes: { trigger: [80, 120], return: [384, 120] } },
  }
}
