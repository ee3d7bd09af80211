import { emptyFlow, type Flow } from '@millrace/flow'

/** Rows of a table, each computed and sent as soon as it is there, and not more than are wanted. */
export function streamRowsExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Reads rows, computes something for each, and sends it at once. The loop ends when as many were sent as the caller wants, whatever is left.',
    nodes: [
      {
        id: 'trigger',
        type: 'http.trigger',
        properties: {
          fields: [
            { name: 'limit', type: 'number', description: 'How many rows are sent at most.' },
          ],
          defaultData: { limit: 10 },
          outputVariable: 'triggerData',
        },
      },
      {
        id: 'rows',
        type: 'postgres.getRows',
        title: 'Get customers',
        description: 'Stands for a table of yours: the statement makes 25 rows up.',
        properties: {
          connection: 'embedded-postgres',
          sqlExpressionAndParameters: {
            statement:
              "SELECT n AS id, 'Customer ' || n AS name, 100 + n * 37 % 90 AS net\nFROM generate_series(1, 25) AS n",
            parameters: [],
          },
          resultVariable: 'customers',
        },
      },
      {
        id: 'forEach',
        type: 'flow.forEach',
        title: 'For each customer',
        properties: {
          items: { $ref: 'customers' },
          loopVariable: 'customer',
          indexVariable: 'index',
        },
      },
      {
        id: 'if',
        type: 'flow.if',
        title: 'If more are wanted',
        properties: {
          condition: {
            match: 'all',
            rows: [
              { left: { $ref: 'index' }, operator: 'less', right: { $ref: 'triggerData.limit' } },
            ],
          },
        },
      },
      {
        id: 'yield',
        type: 'flow.yieldReturn',
        title: 'Yield the invoice',
        properties: {
          value: {
            $expr: '{"customer": customer.name, "net": customer.net, "gross": customer.net * 1.19}',
          },
        },
      },
      { id: 'break', type: 'flow.break' },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'rows' },
      { from: ['rows', 'next'], to: 'forEach' },
      { from: ['forEach', 'forEachItem'], to: 'if' },
      { from: ['if', 'true'], to: 'yield' },
      { from: ['if', 'false'], to: 'break' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        rows: [384, 120],
        forEach: [688, 120],
        if: [80, 340],
        yield: [384, 340],
        break: [384, 500],
      },
    },
  }
}
