import { emptyFlow, type Flow } from '@millrace/flow'

/** Orders that programs post: checked line by line, and answered kindly when something is wrong. */
export function orderIntakeExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Takes an order over HTTP, adds its lines up, and returns the total. What is wrong with a line is thrown where it is found, caught in one place, and returned as the reason.',
    variables: [{ name: 'total', type: 'number', value: 0 }],
    nodes: [
      {
        id: 'trigger',
        type: 'http.trigger',
        properties: {
          fields: [
            { name: 'customerId', type: 'text' },
            { name: 'lines', type: 'list', description: 'Each with product, quantity and price.' },
            { name: 'note', type: 'text', optional: true },
          ],
          defaultData: {
            customerId: 'C-100',
            lines: [
              { product: 'Flour, 25 kg', quantity: 2, price: 19.5 },
              { product: 'Bran, 10 kg', quantity: 1, price: 7 },
            ],
          },
          outputVariable: 'order',
        },
      },
      { id: 'try', type: 'flow.tryCatch', properties: { exceptionVariable: 'exception' } },
      {
        id: 'forEach',
        type: 'flow.forEach',
        title: 'For each line',
        properties: {
          items: { $ref: 'order.lines' },
          loopVariable: 'line',
          indexVariable: 'index',
        },
      },
      {
        id: 'check',
        type: 'flow.ifElse',
        title: 'Check the line',
        properties: {
          cases: [
            {
              id: 'noQuantity',
              name: 'No quantity',
              condition: {
                match: 'any',
                rows: [
                  { left: { $ref: 'line.quantity' }, operator: 'isEmpty' },
                  { left: { $ref: 'line.quantity' }, operator: 'lessOrEqual', right: 0 },
                ],
              },
            },
          ],
        },
      },
      {
        id: 'throw',
        type: 'flow.throw',
        properties: {
          message: { $text: ['"', { $ref: 'line.product' }, '" has no quantity.'] },
        },
      },
      {
        id: 'add',
        type: 'flow.setVariable',
        title: 'Add up',
        properties: {
          variable: 'total',
          value: { $expr: 'total + line.quantity * line.price' },
        },
      },
      {
        id: 'log',
        type: 'flow.log',
        properties: {
          level: 'warning',
          message: { $text: ['Order refused: ', { $ref: 'exception.message' }] },
          data: { $ref: 'order' },
        },
      },
      {
        id: 'refuse',
        type: 'flow.return',
        title: 'Return the reason',
        properties: { value: { $expr: '{"accepted": false, "reason": exception.message}' } },
      },
      {
        id: 'accept',
        type: 'flow.return',
        title: 'Return the total',
        properties: {
          value: { $expr: '{"accepted": true, "customerId": order.customerId, "total": total}' },
        },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'try' },
      { from: ['try', 'try'], to: 'forEach' },
      { from: ['forEach', 'forEachItem'], to: 'check' },
      { from: ['check', 'case.noQuantity'], to: 'throw' },
      { from: ['check', 'else'], to: 'add' },
      { from: ['try', 'catch'], to: 'log' },
      { from: ['log', 'next'], to: 'refuse' },
      { from: ['try', 'continue'], to: 'accept' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        try: [384, 120],
        log: [688, 80],
        refuse: [992, 80],
        accept: [688, 260],
        forEach: [80, 420],
        check: [384, 420],
        throw: [688, 420],
        add: [688, 580],
      },
    },
  }
}
