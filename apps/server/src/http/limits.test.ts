import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const kilobyte = 1024

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    MILLRACE_MAX_BODY_KILOBYTES: '64',
    MILLRACE_MAX_FLOW_KILOBYTES: '128',
    MILLRACE_MAX_JSON_DEPTH: '16',
  })
})
afterAll(() => server.close())

async function refusalOf(path: string, body: string) {
  const { status, json } = await server.call('POST', path, { body })
  return [status, json.error.details]
}

const text = (length: number) => JSON.stringify('x'.repeat(length - 2))
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

it('takes bodies and flows as large and as deep as the operator says', async () => {
  const body = { limit: 'body', max: 64 * kilobyte }
  expect(await refusalOf('/api/session', text(64 * kilobyte + 1))).toEqual([413, body])
  expect(await refusalOf('/api/session', text(64 * kilobyte))).not.toEqual([413, body])
  const flow = { limit: 'body', max: 128 * kilobyte }
  expect(await refusalOf('/api/flows', text(128 * kilobyte + 1))).toEqual([413, flow])
  expect(await refusalOf('/api/flows', text(128 * kilobyte))).not.toEqual([413, flow])
  const depth = { limit: 'depth', max: 16 }
  expect(await refusalOf('/api/session', nested(17))).toEqual([413, depth])
  expect(await refusalOf('/api/session', nested(16))).not.toEqual([413, depth])
})

it('takes inputs over a socket as deep as the operator says', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`)
  await once(socket, 'open')
  const start = { type: 'start', ref: 'deep', flowId: 'example-rag-chat', view: 'full' }
  socket.send(JSON.stringify({ ...start, input: JSON.parse(nested(17)) }))
  const [answer] = await once(socket, 'message')
  expect(JSON.parse(String(answer))).toMatchObject({
    type: 'error',
    error: { code: 'limit_exceeded', details: { limit: 'depth', max: 16 } },
  })
  socket.close()
})

it('takes frames as large as a flow with its input', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`)
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'ping', text: 'x'.repeat(100 * kilobyte) }))
  const [answer] = await once(socket, 'message')
  expect(JSON.parse(String(answer))).toMatchObject({ type: 'error' })
  socket.send('x'.repeat(192 * kilobyte + 1))
  const [code] = await once(socket, 'close')
  expect(code).toBe(1009)
})
