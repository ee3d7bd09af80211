import { emptyFlow, type Flow } from '@millrace/flow'

/** A list of texts, each summarised by a model, and the summaries together at the end. */
export function summariseListExample(id: string, name: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Takes a list of texts over HTTP, asks a model for a sentence about each, and returns all the sentences. It runs on the demo model, which needs no key; choose another connection to get real summaries.',
    variables: [{ name: 'summaries', type: 'list', value: [] }],
    nodes: [
      {
        id: 'trigger',
        type: 'http.trigger',
        properties: {
          fields: [
            { name: 'texts', type: 'list', description: 'What is summarised, text by text.' },
          ],
          defaultData: {
            texts: [
              'The mill race brings water to the wheel. In spring the sluice stands wide open.',
              'The miller keeps a book of every sack that was ground, and for whom.',
            ],
          },
          outputVariable: 'request',
        },
      },
      {
        id: 'forEach',
        type: 'flow.forEach',
        title: 'For each text',
        properties: { items: { $ref: 'request.texts' }, loopVariable: 'text' },
      },
      {
        id: 'summarise',
        type: 'openai.chatCompletion',
        title: 'Summarise',
        properties: {
          connection: 'demo',
          modelId: 'demo',
          systemPrompt: 'Summarise the text of the user in one sentence.',
          userPrompt: { $ref: 'text' },
          resultVariable: 'response',
        },
      },
      {
        id: 'collect',
        type: 'flow.setVariable',
        title: 'Collect',
        properties: {
          variable: 'summaries',
          value: { $expr: 'summaries + [response.content]' },
        },
      },
      {
        id: 'return',
        type: 'flow.return',
        title: 'Return the summaries',
        properties: { value: { $ref: 'summaries' } },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'forEach' },
      { from: ['forEach', 'forEachItem'], to: 'summarise' },
      { from: ['summarise', 'next'], to: 'collect' },
      { from: ['forEach', 'continue'], to: 'return' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        forEach: [384, 120],
        summarise: [688, 80],
        collect: [992, 80],
        return: [688, 420],
      },
    },
  }
}
