import { afterAll, beforeAll, expect, it } from 'vitest'
import { initializeAccept, initializeRequest } from '../testing/initialize-request.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'

let server: TestServer
let runId: string
beforeAll(async () => {
  server = await startTestServer()
  await server.call('POST', '/api/flows', { body: valuesFlow('values', ['a', 'b']) })
  const { json } = await server.call('POST', '/api/flows/values/submit', { body: input })
  runId = json.runId
})
afterAll(() => server.close())

const input = { sessionId: 's', prompt: 'Hi', context: '' }
const messages = [{ role: 'user', content: 'Hi' }]
const uiMessages = [{ id: 'm', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }]

interface AskedStream {
  readonly path: () => string
  readonly headers?: () => Promise<Readonly<Record<string, string>>>
  readonly body?: unknown
  /** Whether it goes on until its reader leaves. */
  readonly isEndless?: true
}

async function beginSession(): Promise<Readonly<Record<string, string>>> {
  const headers = { accept: initializeAccept }
  const begun = await server.call('POST', '/mcp', { body: initializeRequest, headers })
  return { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' }
}

/** Every route that can answer with a stream, as it is asked to; of which one is asked for a chat. */
const streams: Readonly<Record<string, AskedStream>> = {
  'post /api/flows/{id}/stream': { path: () => '/api/flows/values/stream', body: input },
  'get /api/runs/{id}/stream': { path: () => `/api/runs/${runId}/stream` },
  'get /api/runs/{id}/events': { path: () => `/api/runs/${runId}/events` },
  'post /v1/chat/completions': {
    path: () => '/v1/chat/completions',
    body: { model: 'values', messages, stream: true },
  },
  'post /api/flows/{id}/chat': {
    path: () => '/api/flows/values/chat',
    body: { id: 'c', messages: uiMessages },
  },
  'post /mcp': { path: () => '/mcp', body: initializeRequest },
  'get /mcp': { path: () => '/mcp', headers: beginSession, isEndless: true },
}
/** Answers 204 where nothing runs: sent by the same function as the rest. */
const joined = 'get /api/flows/{id}/chat/{chatId}/stream'

/** Of a path in the description of the API. */
type Methods = Record<string, { readonly responses: Record<string, { readonly content?: object }> }>

it('is a table of every route that streams', async () => {
  const { json } = await server.call('GET', '/openapi.json')
  const described = Object.entries<Methods>(json.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { responses }]) => 'text/event-stream' in (responses['200']?.content ?? {}))
      .map(([method]) => `${method} ${path}`),
  )
  expect(described.sort()).toEqual([...Object.keys(streams), joined].sort())
})

it.each(Object.entries(streams))(
  'lets no proxy hold back or change what %s sends',
  async (route, { path, body, headers, isEndless }) => {
    for (const type of ['text/event-stream', 'application/x-ndjson', 'application/json']) {
      const [method = ''] = route.split(' ')
      const answer = await fetch(server.url + path(), {
        method: method.toUpperCase(),
        headers: {
          accept: route.endsWith('/mcp') ? initializeAccept : type,
          'content-type': 'application/json',
          ...(await headers?.()),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      await (isEndless === true ? answer.body?.cancel() : answer.text())
      expect([
        answer.status,
        answer.headers.get('cache-control'),
        answer.headers.get('x-accel-buffering'),
      ]).toEqual([200, 'no-cache, no-transform', 'no'])
    }
  },
)
