import { emptyFlow, visitsOf, type Flow, type RunEvent, type RunVisits } from '@millrace/flow'

type Bare = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'seq' | 'at'> : never) : never

/** A loop in a loop with a model in it; the embedder of a search is attached. */
export const sampleFlow: Flow = {
  ...emptyFlow('letters', 'Letters'),
  variables: [{ name: 'countries', type: 'list', value: [] }],
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'country',
      type: 'flow.forEach',
      title: 'For each country',
      properties: { items: { $ref: 'countries' }, loopVariable: 'country' },
    },
    {
      id: 'person',
      type: 'flow.forEach',
      properties: { items: { $ref: 'country' }, loopVariable: 'person', indexVariable: 'at' },
    },
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      properties: { connection: 'demo', modelId: 'demo', userPrompt: { $ref: 'person' } },
    },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'country' },
    { from: ['country', 'forEachItem'], to: 'person' },
    { from: ['person', 'forEachItem'], to: 'chat' },
  ],
}

/** Events of a run, one each millisecond from 0. */
function eventsOf(trace: 'full' | 'summary', facts: readonly Bare[]): readonly RunEvent[] {
  const start: Bare = { type: 'run-start', runId: 'r', flowId: 'letters', document: 'hash', trace }
  return [start, ...facts].map(
    (fact, index) => ({ ...fact, seq: index + 1, at: index }) as RunEvent, // what was left out is put back
  )
}

/** The visits of a run in which these things happened. */
export function visitsIn(trace: 'full' | 'summary', facts: readonly Bare[]): RunVisits {
  return visitsOf(eventsOf(trace, facts))
}

/** So many rounds of the outer loop, with two of the inner one in each. */
export function rounds(count: number): readonly Bare[] {
  const port = 'forEachItem'
  return [
    { type: 'node-start', visit: 1, nodeId: 'country' },
    ...Array.from({ length: count }, (_, index) => index + 1).flatMap((round): Bare[] => {
      const owner = round * 10
      return [
        { type: 'node-start', visit: owner, nodeId: 'person', parent: 1, port, iteration: round },
        ...[1, 2].flatMap((iteration): Bare[] => [
          {
            type: 'node-start',
            visit: owner + iteration,
            nodeId: 'chat',
            parent: owner,
            port,
            iteration,
            entered: { person: `person ${iteration}`, at: iteration - 1 },
          },
          { type: 'node-end', visit: owner + iteration },
        ]),
        { type: 'node-end', visit: owner },
      ]
    }),
  ]
}
