import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { expect, it } from 'vitest'
import type { Environment } from '../settings.ts'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import { startFakeModel } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { startTestServer } from '../testing/test-server.ts'

interface SentSpan {
  readonly traceId: string
  readonly name: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly status: { readonly code?: number }
  readonly attributes: readonly { readonly key: string; readonly value: object }[]
}

/** What the exporter posts: OTLP as JSON. */
interface SentBody {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[]
  }[]
}

/** Where spans are sent, and what came there. */
async function startCollector() {
  const bodies: SentBody[] = []
  const server = createServer(async (request, response) => {
    bodies.push((await json(request)) as SentBody) // only the exporter sends here, by the protocol
    response.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    bodies,
    named(name: string): SentSpan | undefined {
      const spans = bodies
        .flatMap(({ resourceSpans }) => resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap((scope) => scope.spans)
      return spans.find((span) => span.name === name)
    },
    close: () => server.close(),
  }
}

const input = { sessionId: 's', prompt: 'a secret question', context: '' }
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const callerId = '00f067aa0ba902b7'
const asked = { traceparent: `00-${traceId}-${callerId}-01`, tracestate: 'shop=t61rcWkgMzE' }

/** Asks the chat of a server once, with these headers, and answers what its model was asked. */
async function chatOnce(environment: Environment, headers: Record<string, string> = {}) {
  const model = await startFakeModel()
  const server = await startTestServer(environment)
  const connection = { id: 'model', kind: 'openai', name: 'M', fields: { baseUrl: model.url } }
  await server.call('POST', '/api/connections', { body: connection })
  await server.call('POST', '/api/flows', { body: chatFlow('chat') })
  const answer = await server.call('POST', '/api/flows/chat/stream', { body: input, headers })
  await server.close()
  await model.close()
  return { runId: answer.headers.get('x-run-id'), sent: model.requests[0]?.headers }
}

it('sends a span of the run, of its nodes and of the model by its conventions, and no text', async () => {
  const collector = await startCollector()
  const { runId } = await chatOnce({ MILLRACE_TRACES_URL: collector.url })
  collector.close()

  const text = JSON.stringify(collector.bodies)
  const run = collector.named('run chat')
  const node = collector.named('node chat')
  const call = collector.named('chat fake-1')
  expect(run?.attributes).toContainEqual({
    key: 'millrace.run.id',
    value: { stringValue: runId },
  })
  expect(run?.parentSpanId).toBeUndefined()
  expect([node?.parentSpanId, call?.parentSpanId]).toEqual([run?.spanId, node?.spanId])
  expect(call?.attributes).toEqual(
    expect.arrayContaining([
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.response.model', value: { stringValue: 'fake-1' } },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: 2 } },
    ]),
  )
  expect(text).not.toContain('secret')
  expect(text).not.toContain('Hel')
})

it('[S59] puts a run into the trace that its client asks in, and its question to a model below it', async () => {
  const collector = await startCollector()
  const { sent } = await chatOnce({ MILLRACE_TRACES_URL: collector.url }, asked)
  collector.close()
  const run = collector.named('run chat')
  expect([run?.traceId, run?.parentSpanId]).toEqual([traceId, callerId])
  expect(sent).toMatchObject({
    traceparent: `00-${traceId}-${run?.spanId}-01`,
    tracestate: asked.tracestate,
  })
})

it('puts a call of a tool into the trace of its caller', async () => {
  const collector = await startCollector()
  const server = await startTestServer({ MILLRACE_TRACES_URL: collector.url })
  const body = {
    format: 'millrace/flow',
    version: 1,
    id: 'tool',
    name: 'Tool',
    nodes: [{ id: 'trigger', type: 'mcp.toolTrigger', properties: { toolDescription: 'Rests.' } }],
    edges: [],
  }
  await server.call('POST', '/api/flows', { body })
  const client = new Client({ name: 'test', version: '1' })
  const address = new URL(`${server.url}/mcp`)
  const transport = new StreamableHTTPClientTransport(address, { requestInit: { headers: asked } })
  await client.connect(transport as Transport) // apart only by exact optional properties
  await client.callTool({ name: 'tool' })
  await client.close()
  await server.close()
  collector.close()
  const run = collector.named('run tool')
  expect([run?.traceId, run?.parentSpanId]).toEqual([traceId, callerId])
})

it('puts the runs of a socket into the trace that it was opened in', async () => {
  const collector = await startCollector()
  const server = await startTestServer({ MILLRACE_TRACES_URL: collector.url })
  await server.call('POST', '/api/flows', { body: echoFlow('kept') })
  const client = await openLiveClient(server.url, asked)
  client.send({ type: 'start', ref: 'a', flow: echoFlow('sent'), input })
  client.send({ type: 'start', ref: 'b', flowId: 'kept', input, view: 'client' })
  for (const frame of [await client.frame('started'), await client.frame('started')]) {
    await client.eventsToEnd(frame['runId'])
  }
  client.socket.terminate()
  await server.close()
  collector.close()
  const runs = [collector.named('run sent'), collector.named('run kept')]
  expect(runs.map((run) => [run?.traceId, run?.parentSpanId])).toEqual([
    [traceId, callerId],
    [traceId, callerId],
  ])
})

it('begins a trace of its own where what a client says of one cannot be read', async () => {
  const collector = await startCollector()
  const { sent } = await chatOnce({ MILLRACE_TRACES_URL: collector.url }, { traceparent: '00-x' })
  collector.close()
  const run = collector.named('run chat')
  expect(run?.parentSpanId).toBeUndefined()
  expect(sent?.['traceparent']).toBe(`00-${run?.traceId}-${run?.spanId}-01`)
})

it('says nothing of a trace to models where none is made', async () => {
  const { sent } = await chatOnce({}, asked)
  expect(Object.keys(sent ?? {}).filter((name) => name.startsWith('trace'))).toEqual([])
})

it('keeps visitors, whom nobody knows, out of traces of others', async () => {
  const collector = await startCollector()
  const server = await startTestServer({ MILLRACE_TRACES_URL: collector.url })
  await server.call('POST', '/api/flows', { body: echoFlow('echo') })
  const body = { environment: 'production' }
  await server.call('POST', '/api/flows/echo/publish', { body })
  const limits = { perMinute: 9, perSession: 9, perDay: 9 }
  await server.call('PUT', '/api/flows/echo/public-access', {
    body: { mode: 'anonymous', origins: [], limits },
    headers: { 'if-match': '"0"' },
  })
  const { token } = (await server.call('POST', '/api/flows/echo/visitors', { body: {} })).json
  const headers = { ...asked, authorization: `Bearer ${token}` }
  const hi = { sessionId: 's', prompt: 'Hi' }
  const { status } = await server.call('POST', '/api/flows/echo/run', { body: hi, headers })
  await server.close()
  collector.close()
  const run = collector.named('run echo')
  expect([status, run?.name, run?.parentSpanId, run?.traceId === traceId]).toEqual([
    200,
    'run echo',
    undefined,
    false,
  ])
})
