import type { OutgoingTarget, Services } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import type { ErrorShape, JsonObject, RunEvent, RunEventOf, ValueOf } from '@millrace/flow'
import { runNodes, yieldsOf } from '../../testing/run-nodes.server.ts'

interface Asked {
  /** Which block ran. */
  readonly block: unknown
  /** After *Continue*. */
  readonly response: ValueOf<'httpResponse'> | undefined
  readonly error: ErrorShape | undefined
  readonly outcome: string | undefined
  readonly calls: readonly RunEventOf<'node-call'>[]
  readonly events: readonly RunEvent[]
}

interface Asking {
  /** The fields of the connection `api`, which the request then has. */
  readonly connection?: Readonly<Record<string, unknown>>
  readonly mayConnect?: (target: OutgoingTarget) => boolean
  /** Shared by several requests. */
  readonly services?: Services
  readonly signal?: AbortSignal
  readonly trace?: 'summary'
}

/** Services in which the connection `api` has these fields. */
export function apiServices({ connection = {}, mayConnect }: Asking = {}): Services {
  const services = fakeServices({
    connections: [{ id: 'api', kind: 'http', name: 'API', fields: connection }],
  })
  return mayConnect === undefined ? services : { ...services, mayConnect }
}

/** Runs an HTTP request in a flow, as the real engine does. */
export async function askApi(properties: JsonObject, asking: Asking = {}): Promise<Asked> {
  const { services = apiServices(asking), signal, trace, connection } = asking
  const events = await runNodes({
    nodes: [
      {
        id: 'ask',
        type: 'http.request',
        properties: { ...properties, ...(connection === undefined ? {} : { connection: 'api' }) },
      },
      { id: 'well', type: 'flow.yieldReturn', properties: { value: 'success' } },
      { id: 'badly', type: 'flow.yieldReturn', properties: { value: 'nonSuccess' } },
      { id: 'return', type: 'flow.return', properties: { value: { $ref: 'response' } } },
    ],
    edges: ['ask.success > well', 'ask.nonSuccess > badly', 'ask.continue > return'],
    services,
    ...(signal === undefined ? {} : { signal }),
    ...(trace === undefined ? {} : { trace }),
  })
  const end = events.findLast((event) => event.type === 'run-end')
  return {
    block: yieldsOf(events)[0],
    response: end?.result as Asked['response'], // what was returned
    error: end?.error,
    outcome: end?.outcome,
    calls: events.filter((event) => event.type === 'node-call'),
    events,
  }
}
