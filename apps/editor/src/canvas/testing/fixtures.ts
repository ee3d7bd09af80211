import {
  createRegistry,
  defineNode,
  emptyFlow,
  property,
  type Flow,
  type FlowNode,
  type JsonValue,
  type NodeState,
} from '@millrace/flow'

/** A small world of nodes for the tests of the canvas: one of each shape. */
export const registry = createRegistry({
  connections: [],
  nodes: [
    defineNode({
      type: 'test.start',
      version: 1,
      kind: 'trigger',
      title: 'Start',
      system: 'Test',
      category: 'trigger',
      icon: 'play',
      description: 'Starts the flow.',
      exec: { in: false, out: { next: { label: 'Next' } } },
      properties: {
        outputVariable: property.variableName({ label: 'Output name', default: 'request' }),
      },
      outputs: { request: { nameFrom: 'outputVariable', type: 'text' } },
    }),
    defineNode({
      type: 'test.stream',
      version: 1,
      kind: 'action',
      title: 'Stream',
      system: 'Test',
      category: 'model',
      icon: 'openai',
      description: 'Streams an answer.',
      tags: ['chat'],
      streams: true,
      exec: {
        in: true,
        out: {
          forEachMessage: {
            label: 'For each message',
            block: { message: { nameFrom: 'streamVariable', type: 'message' } },
          },
          continue: { label: 'Continue' },
        },
      },
      attachments: { historyReducer: { label: 'History reducer', accepts: 'historyReducer' } },
      properties: {
        prompt: property.text({ label: 'Prompt', required: true, port: 1 }),
        context: property.text({ label: 'Context', port: 2 }),
        temperature: property.number({ label: 'Temperature', port: 3 }),
        limit: property.number({ label: 'Limit', port: 4 }),
        streamVariable: property.variableName({ label: 'Stream name', default: 'message' }),
        resultVariable: property.variableName({ label: 'Result name', default: 'response' }),
      },
      outputs: { response: { nameFrom: 'resultVariable', type: 'chatResponse' } },
    }),
    defineNode({
      type: 'test.yield',
      version: 1,
      kind: 'action',
      title: 'Yield',
      system: 'Test',
      category: 'output',
      icon: 'corner-down-left',
      description: 'Sends a value.',
      exec: { in: true, out: { next: { label: 'Next' } } },
      properties: { value: property.value({ label: 'Value', required: true, port: 1 }) },
    }),
    defineNode({
      type: 'test.reducer',
      version: 1,
      kind: 'resource',
      title: 'Reducer',
      system: 'Test',
      category: 'attachment',
      icon: 'scissors',
      description: 'Shortens the history.',
      provides: 'historyReducer',
      properties: { count: property.number({ label: 'Count', required: true, port: 1 }) },
    }),
  ],
})

/** Asks a database. */
export const query = defineNode({
  type: 'test.query',
  version: 1,
  kind: 'action',
  title: 'Query',
  system: 'Test',
  category: 'data',
  icon: 'database',
  description: 'Asks a database.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    sql: property.sql({ label: 'SQL', required: true, connection: 'connection', port: 1 }),
  },
})

/** The same world with a node that asks a database. */
export const queryRegistry = createRegistry({
  connections: [],
  nodes: [...registry.nodes.values(), query],
})

/** A flow of nodes by id and type: `flowOf({ a: 'test.start', b: 'test.yield' }, ['a.next -> b'])`. */
export function flowOf(
  nodes: Readonly<Record<string, string | Omit<FlowNode, 'id'>>>,
  edges: readonly string[] = [],
  rest: Partial<Flow> = {},
): Flow {
  return {
    ...emptyFlow('test', 'Test'),
    nodes: Object.entries(nodes).map(([id, node]) =>
      typeof node === 'string' ? { id, type: node } : { id, ...node },
    ),
    edges: edges.map((text) => {
      const [, from = '', port = '', to = ''] = /^(\w+)\.(\w+) -> (\w+)$/.exec(text) ?? []
      return { from: [from, port], to }
    }),
    ...rest,
  }
}

/** A query with a parameter of each value: `queryOf({ Id: { $ref: 'request' } })`. */
export function queryOf(values: Readonly<Record<string, JsonValue>>): Omit<FlowNode, 'id'> {
  const parameters = Object.entries(values).map(([name, value]) => ({ name, type: 'text', value }))
  return { type: 'test.query', properties: { sql: { statement: 'select 1', parameters } } }
}

/** A node as a run knows it. */
export function nodeState(nodeId: string, rest: Partial<NodeState> = {}): NodeState {
  return {
    nodeId,
    status: 'completed',
    visits: 1,
    lastVisit: 1,
    parent: undefined,
    startedAt: 1_000,
    endedAt: 1_182,
    text: '',
    deltas: 0,
    usage: null,
    error: undefined,
    input: undefined,
    outputs: undefined,
    variables: undefined,
    ...rest,
  }
}
