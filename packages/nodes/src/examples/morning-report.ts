import { emptyFlow, type Flow } from '@millrace/flow'

/** A report that is written by the clock, with nobody waiting for it. */
export function morningReportExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Starts by itself on weekdays at 7 o’clock UTC, reads figures, and has a model say what they mean. It runs on the demo model, which needs no key. Each run stands in the history of runs.',
    nodes: [
      {
        id: 'trigger',
        type: 'schedule.trigger',
        properties: {
          schedule: { cron: '0 7 * * 1-5', timeZone: 'UTC' },
          defaultData: { days: 7 },
          outputVariable: 'triggerData',
        },
      },
      {
        id: 'rows',
        type: 'postgres.getRows',
        title: 'Get the figures',
        description: 'Stands for a table of yours: the statement makes the days up.',
        properties: {
          connection: 'embedded-postgres',
          sqlExpressionAndParameters: {
            statement:
              "SELECT 'Day ' || n AS day, 20 + n * 13 % 7 AS orders\nFROM generate_series(1, @days) AS n",
            parameters: [{ name: 'days', type: 'integer', value: { $ref: 'triggerData.days' } }],
          },
          resultVariable: 'figures',
        },
      },
      {
        id: 'write',
        type: 'openai.chatCompletion',
        title: 'Write the report',
        properties: {
          connection: 'demo',
          modelId: 'demo',
          systemPrompt: 'Say in two sentences how the orders went, day by day.',
          userPrompt: { $text: ['Orders: ', { $ref: 'figures' }] },
          resultVariable: 'response',
        },
      },
      {
        id: 'return',
        type: 'flow.return',
        title: 'Return the report',
        description: 'Put an HTTP request before it to send the report to somebody.',
        properties: { value: { $ref: 'response.content' } },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'rows' },
      { from: ['rows', 'next'], to: 'write' },
      { from: ['write', 'next'], to: 'return' },
    ],
    layout: {
      nodes: { trigger: [80, 120], rows: [384, 120], write: [80, 400], return: [384, 400] },
    },
  }
}
