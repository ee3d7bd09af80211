import type { Page, Route, WebSocketRoute } from '@playwright/test'
import {
  connectionUses,
  noTests,
  titleOf,
  type Flow,
  type NodeDefinition,
  type RunEvent,
} from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { sampleApi } from './sample-api.ts'
import { samplePrices } from './sample-prices.ts'
import { sampleResult, sampleTables, tableAnswer } from './sample-database.ts'

/** What the editor's server says in a picture. */
export interface FakeServer {
  readonly flows: readonly Flow[]
  readonly connections: readonly Readonly<Record<string, unknown>>[]
  /** False: nothing answers. */
  isUp: boolean
  /** Answers before the rest does; `undefined` leaves the call to the rest. */
  readonly answer?: (method: string, path: string) => FakeAnswer | 'never' | 'gone' | undefined
  /** Definitions of others, which the server has beside ours. */
  readonly nodes?: readonly NodeDefinition[]
  /** The events of every run, sent at once; a run whose list has no end goes on. */
  readonly events?: readonly RunEvent[]
  /** Those of the run that another one is compared with, `run-2`. */
  readonly otherEvents?: readonly RunEvent[]
}

export interface FakeAnswer {
  readonly status: number
  readonly body?: unknown
  readonly revision?: string
}

const startedAt = Date.now()

/** Answers the page's calls to `/api` from memory. */
export async function fakeApi(page: Page, server: FakeServer): Promise<void> {
  const flows = new Map(server.flows.map((flow, index) => [flow.id, stored(flow, index)]))
  const deleted = new Map<string, StoredFlow>()
  await page.route('**/api/**', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const path = decodeURIComponent(url.pathname.slice('/api'.length))
    if (!server.isUp) return route.abort('connectionrefused')
    const special = server.answer?.(request.method(), path)
    if (special === 'never') return
    if (special === 'gone') return route.abort('connectionrefused')
    const sent: unknown = request.postDataJSON()
    await fulfil(
      route,
      special ??
        answerOf({
          server,
          flows,
          deleted,
          method: request.method(),
          path,
          search: url.searchParams,
          sent,
        }),
    )
  })
  await page.route('**/api/runs/*/events*', (route) => {
    const isOther = route.request().url().includes('/run-2/')
    const events = (isOther ? server.otherEvents : undefined) ?? server.events ?? []
    return route.fulfill({
      contentType: 'application/x-ndjson',
      body: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    })
  })
  await page.route('**/openapi.json', (route) => route.fulfill({ json: sampleApi }))
  let runs = 0
  await page.routeWebSocket('**/api/live', (socket) =>
    live(socket, { runId: `run-${(runs += 1)}`, events: server.events ?? [] }),
  )
}

interface StoredFlow {
  readonly document: Flow
  readonly revision: number
  readonly updatedAt: number
}

function stored(document: Flow, index: number): StoredFlow {
  return { document, revision: 1, updatedAt: startedAt - index * 5_400_000 - 40_000 }
}

const runStates = ['completed', 'failed', undefined, 'completed', 'cancelled', 'completed'] as const

/** What is published of flows, which goes round too. */
const publishedStates = [
  [{ environment: 'production', revision: 1, publishedAt: new Date().toISOString(), changes: 0 }],
  [],
  [{ environment: 'production', revision: 1, publishedAt: new Date().toISOString(), changes: 12 }],
  [{ environment: 'test', revision: 1, publishedAt: new Date().toISOString(), changes: 1 }],
]

/** A flow as the list tells of it; how it ran last goes round. */
function summaryOf({ document, revision, updatedAt }: StoredFlow, index: number) {
  const state = document.nodes.length === 0 ? undefined : runStates[index % runStates.length]
  return {
    id: document.id,
    name: document.name,
    description: document.description ?? '',
    tags: document.tags ?? [],
    revision,
    updatedAt: new Date(updatedAt).toISOString(),
    nodeCount: document.nodes.length,
    nodeTypes: [...new Set(document.nodes.map(({ type }) => type))],
    nodeTitles: document.nodes.flatMap(({ title }) => title ?? []),
    errorCount: document.id === 'support' ? 3 : 0,
    warningCount: 0,
    status: 'flow',
    published: publishedStates[index % publishedStates.length],
    startsNextAt: index % 3 === 1 ? new Date(Date.now() + 14.5 * 3_600_000).toISOString() : null,
    lastRun:
      state === undefined
        ? null
        : {
            id: `run-of-${document.id}`,
            state,
            startedAt: new Date(updatedAt + 30_000).toISOString(),
          },
  }
}

interface Call {
  readonly server: FakeServer
  readonly flows: Map<string, StoredFlow>
  readonly deleted: Map<string, StoredFlow>
  readonly method: string
  readonly path: string
  readonly search: URLSearchParams
  readonly sent: unknown
}

function answerOf({ server, flows, deleted, method, path, search, sent }: Call): FakeAnswer {
  const [kind, id, verb] = path.split('/').filter(Boolean)
  const what = `${method} ${kind}${id === undefined ? '' : '/'}${verb === undefined ? '' : verb}`
  switch (what) {
    case 'GET health':
      return { status: 200, body: { status: 'ok', version: '0.1.0' } }
    case 'GET session':
      return { status: 200, body: { isSignedIn: true, hasPassword: false } }
    case 'GET nodes':
      return {
        status: 200,
        body: {
          nodes: [...registry.nodes.values(), ...(server.nodes ?? [])],
          connections: [...registry.connections.values()],
        },
      }
    case 'GET flows':
      return {
        status: 200,
        body: {
          flows: [...(search.get('deleted') === 'true' ? deleted : flows).values()].map(summaryOf),
        },
      }
    case 'POST flows': {
      const document = sent as Flow // what the editor sends
      flows.set(document.id, { document, revision: 1, updatedAt: Date.now() })
      return { status: 201, body: document, revision: '1' }
    }
    case 'GET flows/': {
      const found = flows.get(id ?? '')
      return found === undefined
        ? notFound(`There is no flow "${id}".`)
        : { status: 200, body: found.document, revision: String(found.revision) }
    }
    case 'PUT flows/': {
      const revision = (flows.get(id ?? '')?.revision ?? 0) + 1
      const document = sent as Flow // what the editor sends
      flows.set(document.id, { document, revision, updatedAt: Date.now() })
      return { status: 200, body: document, revision: String(revision) }
    }
    case 'DELETE flows/':
      moveFlow(id, flows, deleted)
      return { status: 204 }
    case 'POST flows/restore':
      moveFlow(id, deleted, flows)
      return { status: 200, body: flows.get(id ?? '')?.document, revision: '1' }
    case 'GET flows/publications':
      return { status: 200, body: { published: [], history: [] } }
    case 'GET flows/tests':
      return { status: 200, body: noTests(id ?? ''), revision: '0' }
    case 'GET connections':
      return { status: 200, body: { connections: server.connections } }
    case 'GET connections/models':
      return {
        status: 200,
        body: {
          models: ['demo', 'demo-embedder', 'gpt-5-mini', 'gpt-5', 'text-embedding-3-small'],
        },
      }
    // With and without an id.
    case 'POST connections/':
    case 'POST connections/test':
      return { status: 200, body: sampleTest }
    case 'GET connections/tables':
      return { status: 200, body: { tables: sampleTables } }
    case 'GET connections/table':
      return tableAnswer(search.get('name') ?? '')
    case 'POST connections/query':
      return { status: 200, body: sampleResult }
    case 'GET runs/':
      return { status: 200, body: runFacts(id ?? '', server.events ?? []) }
    case 'GET runs/document':
      return { status: 200, body: [...flows.values()][0]?.document }
    case 'GET retention':
      return { status: 200, body: { runs: 10_000, days: 30, megabytes: 1024 } }
    case 'GET prices':
      return { status: 200, body: samplePrices, revision: '0' }
    case 'GET connection-uses':
      return { status: 200, body: usesOf([...flows.values()].map(({ document }) => document)) }
    case 'DELETE connections/':
      return { status: 204 }
    default:
      return notFound(`The fake server does not answer ${what}.`)
  }
}

function runFacts(id: string, events: readonly RunEvent[]) {
  const [start, end] = [events[0], events.at(-1)]
  return {
    id,
    flowId: start?.type === 'run-start' ? start.flowId : '',
    state: end?.type === 'run-end' ? end.outcome : 'running',
    startedAt: new Date(start?.at ?? startedAt).toISOString(),
    endedAt: end?.type === 'run-end' ? new Date(end.at).toISOString() : null,
    usage: null,
    origin: 'client',
  }
}

function moveFlow(
  id: string | undefined,
  from: Map<string, StoredFlow>,
  to: Map<string, StoredFlow>,
): void {
  const flow = from.get(id ?? '')
  if (id === undefined || flow === undefined) return
  from.delete(id)
  to.set(id, flow)
}

const sampleTest = {
  ok: true,
  message: '"OpenAI" answers, and offers 5 models (182 ms).',
  details: {
    summary: 'It works',
    latencyMs: 182,
    server: 'OpenAI',
    models: 5,
    modelIds: ['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'o4-mini', 'text-embedding-3-large'],
  },
}

function usesOf(flows: readonly Flow[]) {
  const uses = flows.flatMap((flow) =>
    connectionUses(flow, registry).map(({ id, node }) => ({ id, flow, node })),
  )
  return {
    connections: [...Map.groupBy(uses, ({ id }) => id)].map(([id, places]) => ({
      id,
      flows: places.map(({ flow, node }) => ({
        id: flow.id,
        name: flow.name,
        nodes: [{ id: node.id, title: titleOf(node, registry.nodes.get(node.type)) }],
      })),
    })),
    unreadFlows: [],
  }
}

function notFound(message: string): FakeAnswer {
  return { status: 404, body: { error: { code: 'not_found', message, requestId: 'shot' } } }
}

function fulfil(route: Route, { status, body, revision }: FakeAnswer): Promise<void> {
  return route.fulfill({
    status,
    ...(status === 204 ? {} : { json: body ?? {} }),
    headers: revision === undefined ? {} : { etag: `"${revision}"` },
  })
}

interface FakeRun {
  readonly runId: string
  readonly events: readonly RunEvent[]
}

/** The editor opens a socket for each run. */
function live(socket: WebSocketRoute, { runId, events }: FakeRun): void {
  socket.onMessage((message) => {
    const frame = JSON.parse(String(message)) as { type: string; ref?: string; runId?: string } // our own editor's
    if (frame.type === 'attach') {
      socket.send(JSON.stringify({ type: 'events', runId: frame.runId, events }))
    }
    if (frame.type !== 'start') return
    socket.send(JSON.stringify({ type: 'started', ref: frame.ref, runId }))
    socket.send(JSON.stringify({ type: 'events', runId, events }))
  })
}
