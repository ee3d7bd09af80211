import { emptyFlow, type Flow } from '@millrace/flow'

/** A tool that agents call over the Model Context Protocol: it looks something up for them. */
export function customerSearchExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'A tool for agents, at /mcp once it is published. Its description and its fields tell a model when to call it and with what; what it returns is what the model reads.',
    nodes: [
      {
        id: 'trigger',
        type: 'mcp.toolTrigger',
        properties: {
          toolDescription:
            'Finds customers by a part of their name, and answers their number and city. Call it before anything that needs the number of a customer.',
          effect: 'read',
          fields: [
            {
              name: 'name',
              type: 'text',
              description: 'A part of the name, upper and lower case alike.',
            },
          ],
          defaultData: { name: 'mill' },
          outputVariable: 'search',
        },
      },
      {
        id: 'rows',
        type: 'postgres.getRows',
        title: 'Find customers',
        description: 'Stands for a table of yours: the statement makes three rows up.',
        properties: {
          connection: 'embedded-postgres',
          sqlExpressionAndParameters: {
            statement: `SELECT number, name, city
FROM (VALUES
  ('C-100', 'Mill & Sons', 'Bremen'),
  ('C-101', 'Old Mill Bakery', 'Leeds'),
  ('C-102', 'Harbour Inn', 'Oslo')
) AS customers (number, name, city)
WHERE strpos(lower(name), lower(@name)) > 0
ORDER BY number
LIMIT 20`,
            parameters: [{ name: 'name', type: 'text', value: { $ref: 'search.name' } }],
          },
          resultVariable: 'customers',
        },
      },
      {
        id: 'return',
        type: 'flow.return',
        title: 'Return the customers',
        properties: { value: { $expr: '{"customers": customers}' } },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'rows' },
      { from: ['rows', 'next'], to: 'return' },
    ],
    layout: { nodes: { trigger: [80, 120], rows: [384, 120], return: [688, 120] } },
  }
}
