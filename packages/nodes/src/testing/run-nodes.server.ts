import {
  compile,
  createFlowCalls,
  runFlow,
  type Plan,
  type Run,
  type Services,
} from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import {
  FlowError,
  type Attachment,
  type Edge,
  type FlowNode,
  type FlowVariable,
  type RunEvent,
  type TraceLevel,
} from '@millrace/flow'
import { nodes } from '../server.ts'

/** What is in a document. */
export interface FlowDrawing {
  readonly nodes: readonly FlowNode[]
  /** Each as `node.port > node`. */
  readonly edges: readonly string[]
  /** Each as `host.port ~ resource`. */
  readonly attachments?: readonly string[]
  readonly variables?: readonly FlowVariable[]
  readonly timeoutSeconds?: number
}

export interface FlowUnderTest extends FlowDrawing {
  readonly input?: unknown
  /** Told of each event when it is read. */
  readonly onEvent?: (event: RunEvent) => void
  /** Where the connection `test` leads, an OpenAI one. */
  readonly url?: string
  /** Instead of those in which there is only that connection. */
  readonly services?: Services
  /** The flows that *Run flow* can call, by id. */
  readonly others?: Readonly<Record<string, FlowDrawing>>
  /** Told of each event of each run of these. */
  readonly onOtherEvent?: (event: RunEvent, flowId: string) => void
  readonly signal?: AbortSignal
  /** Everything, unless it says otherwise. */
  readonly trace?: 'summary'
}

/** Runs a flow of the real nodes in the real engine, and gives all its events. */
export async function runNodes(flow: FlowUnderTest): Promise<readonly RunEvent[]> {
  const { trace = 'full' } = flow
  const services = withOthers(flow, { trace })
  const run = runFlow(planOf('test', flow), {
    input: flow.input,
    services,
    trace,
    ...(flow.signal === undefined ? {} : { signal: flow.signal }),
  })
  const events: RunEvent[] = []
  for await (const event of run.events()) {
    events.push(event)
    flow.onEvent?.(event)
  }
  return events
}

function planOf(id: string, flow: FlowDrawing): Plan {
  return compile(
    {
      format: 'millrace/flow',
      version: 1,
      id,
      name: 'Test',
      variables: flow.variables ?? [],
      ...(flow.timeoutSeconds === undefined
        ? {}
        : { settings: { timeoutSeconds: flow.timeoutSeconds } }),
      nodes: flow.nodes,
      edges: flow.edges.map(readEdge),
      attachments: (flow.attachments ?? []).map(readAttachment),
    },
    [{ nodes }],
  )
}

function withOthers(flow: FlowUnderTest, { trace }: { trace: TraceLevel }): Services {
  const given =
    flow.services ??
    fakeServices({
      connections: [{ id: 'test', kind: 'openai', name: 'Test', fields: { baseUrl: flow.url } }],
    })
  const { others, onOtherEvent } = flow
  if (others === undefined) return given
  const flows = createFlowCalls({
    async planOf(id) {
      const other = others[id]
      if (other === undefined) throw new FlowError('not_found', `There is no flow "${id}".`)
      return planOf(id, other)
    },
    newId: given.newId,
    start(plan, { runId, input, signal }) {
      const run = runFlow(plan, { runId, input, signal, trace, services: { ...given, flows } })
      if (onOtherEvent !== undefined) void tell(run, (event) => onOtherEvent(event, plan.flow.id))
      return run
    },
  })
  return { ...given, flows }
}

async function tell(run: Run, onEvent: (event: RunEvent) => void): Promise<void> {
  for await (const event of run.events()) onEvent(event)
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
