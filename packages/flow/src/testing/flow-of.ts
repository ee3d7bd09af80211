import type { Attachment, Edge, Flow, FlowNode, FlowVariable } from '../flow.ts'
import type { JsonValue } from '../json.ts'

/** The parts of a flow in short: `trigger.next -> chat` is an edge, `chat.reducer = last` attaches. */
export interface FlowParts {
  readonly nodes: readonly FlowNode[]
  readonly lines?: readonly string[]
  readonly variables?: readonly FlowVariable[]
}

/** A flow made of its parts. */
export function flowOf({ nodes, lines = [], variables }: FlowParts): Flow {
  const edges = lines.flatMap((line): Edge[] => {
    const [, from, port, to] = /^(\w+)\.([\w.]+) -> (\w+)$/.exec(line) ?? []
    return from && port && to ? [{ from: [from, port], to }] : []
  })
  const attachments = lines.flatMap((line): Attachment[] => {
    const [, host, port, resource] = /^(\w+)\.(\w+) = (\w+)$/.exec(line) ?? []
    return host && port && resource ? [{ host: [host, port], resource }] : []
  })
  if (edges.length + attachments.length !== lines.length) throw new Error('A line cannot be read.')
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'test',
    name: 'Test',
    ...(variables === undefined ? {} : { variables }),
    nodes,
    edges,
    ...(attachments.length === 0 ? {} : { attachments }),
  }
}

/** The lines of a flow, in short, as `flowOf` takes them. */
export function linesOf(flow: Flow): readonly string[] {
  return [
    ...flow.edges.map(({ from, to }) => `${from.join('.')} -> ${to}`),
    ...(flow.attachments ?? []).map(({ host, resource }) => `${host.join('.')} = ${resource}`),
  ]
}

/** A node of the fixture; its type without the `test.` in front. */
export function node(
  id: string,
  type: string,
  properties?: Readonly<Record<string, JsonValue>>,
): FlowNode {
  return { id, type: `test.${type}`, ...(properties === undefined ? {} : { properties }) }
}

/** The example of the product: a request, a streamed answer, each message sent on. */
export function chatFlow(): Flow {
  return flowOf({
    nodes: [
      node('trigger', 'request', { requestVariable: 'request' }),
      node('chat', 'chat', {
        connection: 'main',
        prompt: { $ref: 'request.prompt' },
        streamVariable: 'message',
        resultVariable: 'response',
      }),
      node('send', 'yield', { value: { $ref: 'message.content' } }),
      node('last', 'reducer', { count: 3 }),
      node('done', 'yield', { value: { $expr: 'response.content.size() > 3' } }),
    ],
    lines: [
      'trigger.next -> chat',
      'chat.forEachMessage -> send',
      'chat.continue -> done',
      'chat.reducer = last',
    ],
  })
}
