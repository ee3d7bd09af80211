import { Validator } from '@seriousme/openapi-schema-validator'
import { emptyFlow, type Flow } from '@millrace/flow'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly 'x-caller': string
  readonly security: readonly object[]
  readonly parameters: readonly { readonly in: string; readonly name: string }[]
  readonly requestBody?: unknown
  readonly responses: Record<string, { readonly description: string }>
}

let server: TestServer
let document: Record<string, unknown>
let operations: readonly (readonly [string, Operation])[]
beforeAll(async () => {
  server = await startTestServer()
  const answer = await server.call('GET', '/openapi.json')
  document = answer.json
  operations = Object.entries<Record<string, Operation>>(answer.json.paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method} ${path}`, operation] as const,
      ),
  )
})
afterAll(() => server.close())

/** The calls of which something is not so. */
const except = (holds: (operation: Operation, call: string) => boolean) =>
  operations.filter(([call, operation]) => !holds(operation, call)).map(([call]) => call)
const operationOf = (call: string) => new Map(operations).get(call)

it('is a valid OpenAPI document', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

it('says of each call what it does, who may call it, and what each parameter is for', () => {
  expect(except(({ summary }) => /^\S.*\.$/.test(summary))).toEqual([])
  expect(except(({ description }) => description.length > 0)).toEqual([])
  const undescribed = operations.flatMap(([call, { parameters }]) =>
    parameters
      .filter((parameter) => !('description' in parameter && parameter.description !== undefined))
      .map(({ name }) => `${call} ${name}`),
  )
  expect(undescribed).toEqual([])
})

it('names each call once, in one group that it describes', () => {
  const ids = operations.map(([, { operationId }]) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  const groups = (document['tags'] as readonly { name: string }[]).map(({ name }) => name)
  expect(except(({ tags }) => tags.length === 1 && groups.includes(tags[0] ?? ''))).toEqual([])
})

it('asks for a key or a session wherever not anyone may call', () => {
  expect(
    except(({ 'x-caller': caller, security }) => (caller === 'anyone') === (security.length === 0)),
  ).toEqual([])
  expect(operationOf('post /v1/chat/completions')?.security).toEqual([
    { key: [] },
    { keyHeader: [] },
    { session: [] },
  ])
})

it('tells of the errors that a call can meet before it does anything', () => {
  const statusesOf = (call: string) =>
    Object.keys(operationOf(call)?.responses ?? {}).filter((status) => Number(status) >= 400)
  expect(statusesOf('post /api/flows/{id}/run')).toEqual([
    '400',
    '401',
    '403',
    '404',
    '409',
    '413',
    '415',
    '429',
  ])
  expect(statusesOf('put /api/flows/{id}')).toContain('428')
  expect(statusesOf('get /openapi.json')).toEqual([])
  expect(except(({ responses }) => 'default' in responses)).toEqual([])
})

it('shows what is sent to start a flow, and what comes', async () => {
  expect(operationOf('post /api/flows/{id}/stream')).toMatchObject({
    requestBody: {
      required: false,
      content: {
        'application/json': {
          schema: { type: 'object' },
          examples: { chat: { value: { prompt: 'What is Millrace?' } } },
        },
      },
    },
    responses: {
      200: {
        headers: { 'x-run-id': {} },
        content: {
          'text/event-stream': { example: expect.stringContaining('event: end') },
          'application/x-ndjson': { example: expect.stringContaining('"value":"Hel"') },
          'application/json': { example: ['Hel', 'lo'] },
        },
      },
    },
  })
})

it('has examples that the server takes', async () => {
  const chat = echoFlow('example-rag-chat')
  const orders: Flow = {
    ...emptyFlow('orders', 'Orders'),
    nodes: [
      {
        id: 'start',
        type: 'http.trigger',
        properties: { fields: [{ name: 'customerId', type: 'text' }] },
      },
    ],
  }
  await server.call('POST', '/api/flows', { body: orders })
  const headers = { 'if-match': '"1"' }
  const stored = await server.call('PUT', `/api/flows/${chat.id}`, { body: chat, headers })
  expect(stored.status).toBe(200)

  interface Body {
    readonly content: Record<string, { readonly examples?: Record<string, { value: unknown }> }>
  }
  const sent = operations.flatMap(([call, { requestBody }]) =>
    Object.entries(
      (requestBody as Body | undefined)?.content['application/json']?.examples ?? {},
    ).map(([name, { value }]) => ({ call, name, value })),
  )
  expect(sent.length).toBeGreaterThan(8)
  for (const { call, name, value } of sent) {
    const [method = '', path = ''] = call
      .replace('{id}', name === 'fields' ? 'orders' : chat.id)
      .split(' ')
    const { status } = await server.call(method.toUpperCase(), path, { body: value })
    expect([call, name, status]).toEqual([call, name, call.includes('submit') ? 202 : 200])
  }
})
