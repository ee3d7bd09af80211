import { emptyFlow, type Flow } from '@millrace/flow'

/** Asks an HTTP API again and again until it says what is waited for; `origin` is a server that does. */
export function pollUntilDoneExample(id: string, name: string, origin: string): Flow {
  return {
    ...emptyFlow(id, name),
    description:
      'Calls an address until it answers with success, a second after each other try, and gives up after five. It asks this server whether it is well.',
    variables: [{ name: 'attempt', type: 'number', value: 0 }],
    nodes: [
      {
        id: 'trigger',
        type: 'http.trigger',
        properties: {
          fields: [{ name: 'url', type: 'text', description: 'What is asked.' }],
          defaultData: { url: `${origin}/api/health` },
          outputVariable: 'triggerData',
        },
      },
      {
        id: 'while',
        type: 'flow.while',
        title: 'While not done',
        properties: {
          condition: {
            match: 'all',
            rows: [{ left: { $ref: 'attempt' }, operator: 'less', right: 5 }],
          },
        },
      },
      {
        id: 'count',
        type: 'flow.setVariable',
        title: 'Count the try',
        properties: { variable: 'attempt', value: { $expr: 'attempt + 1' } },
      },
      {
        id: 'request',
        type: 'http.request',
        properties: { url: { $ref: 'triggerData.url' }, responseVariable: 'response' },
      },
      {
        id: 'yield',
        type: 'flow.yieldReturn',
        properties: {
          value: {
            $expr: '{"attempt": attempt, "status": response.status, "body": response.body}',
          },
        },
      },
      { id: 'break', type: 'flow.break' },
      {
        id: 'wait',
        type: 'flow.wait',
        properties: { duration: 1, unit: 'seconds' },
      },
      {
        id: 'return',
        type: 'flow.return',
        title: 'Return the tries',
        properties: { value: { $text: ['Tries: ', { $ref: 'attempt' }] } },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'while' },
      { from: ['while', 'whileTrue'], to: 'count' },
      { from: ['count', 'next'], to: 'request' },
      { from: ['request', 'success'], to: 'yield' },
      { from: ['yield', 'next'], to: 'break' },
      { from: ['request', 'continue'], to: 'wait' },
      { from: ['while', 'continue'], to: 'return' },
    ],
    layout: {
      nodes: {
        trigger: [80, 120],
        while: [384, 120],
        return: [688, 120],
        count: [80, 360],
        request: [384, 360],
        yield: [688, 320],
        break: [992, 320],
        wait: [688, 480],
      },
    },
  }
}
