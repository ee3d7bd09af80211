import { compile, runFlow, type Services } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import type { Attachment, Edge, FlowNode, FlowVariable, RunEvent } from '@millrace/flow'
import { registry } from '../registry.ts'
import { implementations } from '../server.ts'

export interface FlowUnderTest {
  readonly nodes: readonly FlowNode[]
  /** Each as `node.port > node`. */
  readonly edges: readonly string[]
  /** Each as `host.port ~ resource`. */
  readonly attachments?: readonly string[]
  readonly variables?: readonly FlowVariable[]
  readonly input?: unknown
  readonly timeoutSeconds?: number
  /** Told of each event when it is read. */
  readonly onEvent?: (event: RunEvent) => void
  /** Where the connection `test` leads, an OpenAI one. */
  readonly url?: string
  /** Instead of those in which there is only that connection. */
  readonly services?: Services
  readonly signal?: AbortSignal
  /** Everything, unless it says otherwise. */
  readonly trace?: 'summary'
}

/** Runs a flow of the real nodes in the real engine, and gives all its events. */
export async function runNodes(flow: FlowUnderTest): Promise<readonly RunEvent[]> {
  const plan = compile(
    {
      format: 'millrace/flow',
      version: 1,
      id: 'test',
      name: 'Test',
      variables: flow.variables ?? [],
      ...(flow.timeoutSeconds === undefined
        ? {}
        : { settings: { timeoutSeconds: flow.timeoutSeconds } }),
      nodes: flow.nodes,
      edges: flow.edges.map(readEdge),
      attachments: (flow.attachments ?? []).map(readAttachment),
    },
    registry,
    implementations,
  )
  const services =
    flow.services ??
    fakeServices({
      connections: [{ id: 'test', kind: 'openai', name: 'Test', fields: { baseUrl: flow.url } }],
    })
  const run = runFlow(plan, {
    input: flow.input,
    services,
    trace: flow.trace ?? 'full',
    ...(flow.signal === undefined ? {} : { signal: flow.signal }),
  })
  const events: RunEvent[] = []
  for await (const event of run.events()) {
    events.push(event)
    flow.onEvent?.(event)
  }
  return events
}

/** What a run sent to its client, in order. */
export function yieldsOf(events: readonly RunEvent[]): readonly unknown[] {
  return events.flatMap((event) => (event.type === 'run-yield' ? [event.value] : []))
}

function readEdge(text: string): Edge {
  const [, from = '', port = '', to = ''] = /^(\w+)\.([\w.]+) > (\w+)$/.exec(text) ?? []
  return { from: [from, port], to }
}

function readAttachment(text: string): Attachment {
  const [, host = '', port = '', resource = ''] = /^(\w+)\.(\w+) ~ (\w+)$/.exec(text) ?? []
  return { host: [host, port], resource }
}
