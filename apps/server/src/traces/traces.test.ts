import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { startFakeModel } from '../testing/fake-model.ts'
import { startTestServer } from '../testing/test-server.ts'

interface SentSpan {
  readonly name: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly status: { readonly code?: number }
  readonly attributes: readonly { readonly key: string; readonly value: object }[]
}

it('sends a span of the run, of its nodes and of the model by its conventions, and no text', async () => {
  const bodies: unknown[] = []
  const collector = createServer(async (request, response) => {
    bodies.push(await json(request))
    response.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  const { port } = collector.address() as AddressInfo // a TCP server's address is never a text
  const model = await startFakeModel()
  const server = await startTestServer({
    MILLRACE_TRACES_URL: `http://127.0.0.1:${port}/v1/traces`,
  })
  const connection = { id: 'model', kind: 'openai', name: 'M', fields: { baseUrl: model.url } }
  await server.call('POST', '/api/connections', { body: connection })
  await server.call('POST', '/api/flows', { body: chatFlow('chat') })
  const input = { sessionId: 's', prompt: 'a secret question', context: '' }
  const { headers } = await server.call('POST', '/api/flows/chat/stream', { body: input })
  await server.close()
  await model.close()
  collector.close()

  const text = JSON.stringify(bodies)
  const spans = bodies.flatMap((body): SentSpan[] => {
    const { resourceSpans } = body as any // oxlint-disable-line no-explicit-any -- the protocol's
    return resourceSpans[0].scopeSpans[0].spans
  })
  const named = (name: string) => spans.find((span) => span.name === name)
  const run = named('run chat')
  const node = named('node chat')
  const call = named('chat fake-1')
  expect(run?.attributes).toContainEqual({
    key: 'millrace.run.id',
    value: { stringValue: headers.get('x-run-id') },
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
