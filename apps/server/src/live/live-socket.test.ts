import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { chatFlow } from '../testing/chat-flow.ts'
import { endlessAnswer, tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient, type LiveClient } from '../testing/live-client.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
let client: LiveClient
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel({ apiKey: 'sk-test' }))
})
afterAll(() => close())
beforeEach(async () => {
  model.answerWith(tokensAnswer(['Hel', 'lo']))
  client = await openLiveClient(server.url)
})
afterEach(() => client.socket.terminate())

const input = { sessionId: 's1', prompt: 'Hi' }
const start = (flow: unknown, ref = 'a') => client.send({ type: 'start', ref, flow, input })

describe('/api/live', () => {
  it('runs a document that is stored nowhere, with everything recorded', async () => {
    start(chatFlow('unsaved'))
    const { runId } = await client.frame('started')
    const events = await client.eventsToEnd(runId)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.map(({ type }) => type)).toContain('node-delta')
    expect(events[0]).toMatchObject({ type: 'run-start', trace: 'full', input })
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'completed' })
    expect((await server.call('GET', '/api/flows/unsaved')).status).toBe(404)
  })

  it('runs a stored flow by its id', async () => {
    await server.call('POST', '/api/flows', { body: chatFlow('stored') })
    client.send({ type: 'start', ref: 'b', flowId: 'stored', input })
    const { runId } = await client.frame('started')
    expect((await client.eventsToEnd(runId)).at(-1)).toMatchObject({ outcome: 'completed' })
  })

  it('goes on after any event when it attaches again', async () => {
    start(chatFlow('again'))
    const { runId } = await client.frame('started')
    const events = await client.eventsToEnd(runId)
    for (const after of events.keys()) {
      const other = await openLiveClient(server.url)
      other.send({ type: 'attach', runId, after })
      expect(await other.eventsToEnd(runId)).toEqual(events.slice(after))
      other.socket.terminate()
    }
  })

  it('stops a run', async () => {
    model.answerWith(endlessAnswer)
    start(chatFlow('endless'))
    const { runId } = await client.frame('started')
    await client.until((event) => event['type'] === 'node-delta')
    client.send({ type: 'stop', runId })
    expect((await client.eventsToEnd(runId)).at(-1)).toMatchObject({ outcome: 'cancelled' })
  })

  it('answers a ping', async () => {
    client.send({ type: 'ping' })
    expect(await client.frame('pong')).toEqual({ type: 'pong' })
  })

  it('says what is wrong with a flow that cannot run', async () => {
    start(chatFlow('broken', { chat: { userPrompt: { $ref: 'nothing' } } }), 'c')
    expect(await client.frame('error')).toMatchObject({
      ref: 'c',
      error: {
        code: 'flow_invalid',
        details: {
          problems: [{ code: 'reference_broken', nodeId: 'chat', property: 'userPrompt' }],
        },
      },
    })
  })

  it('says what is wrong with something that is no flow', async () => {
    start({ nodes: 'none' }, 'd')
    expect(await client.frame('error')).toMatchObject({ ref: 'd', error: { code: 'bad_request' } })
  })

  it('says which connection is missing, and that an input does not suit', async () => {
    start(chatFlow('missing', { chat: { connection: 'nowhere' } }), 'e')
    expect(await client.frame('error')).toMatchObject({
      ref: 'e',
      error: { code: 'connection_missing', nodeId: 'chat' },
    })
    client.send({ type: 'start', ref: 'f', flow: chatFlow('x'), input: { history: 'not JSON' } })
    expect(await client.frame('error')).toMatchObject({
      ref: 'f',
      error: { code: 'input_invalid' },
    })
  })

  it('says that a run is not there', async () => {
    client.send({ type: 'attach', runId: 'nowhere', after: 0 })
    expect(await client.frame('error')).toMatchObject({
      runId: 'nowhere',
      error: { code: 'not_found' },
    })
  })

  it.each(['no JSON', '[]', '{"type":"dance"}', '{"type":"attach"}', 'null'])(
    'answers the frame %s with an error and stays open',
    async (text) => {
      client.socket.send(text)
      expect(await client.frame('error')).toMatchObject({ error: { code: 'bad_request' } })
      client.send({ type: 'ping' })
      await client.frame('pong')
    },
  )

  it('starts no run with an input that nests too deep', async () => {
    await server.call('POST', '/api/flows', { body: chatFlow('deep') })
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
    client.socket.send(
      `{"type":"start","ref":"g","flowId":"deep","input":{"prompt":"Hi","deep":${deep}}}`,
    )
    expect(await client.frame('error')).toMatchObject({
      ref: 'g',
      error: { code: 'limit_exceeded', details: { limit: 'depth', max: 64 } },
    })
  })

  it('starts no run that the socket could not follow', async () => {
    model.answerWith(endlessAnswer)
    for (let index = 0; index < 105; index += 1) start(chatFlow('crowd'), `many-${index}`)
    for (let index = 0; index < 5; index += 1) {
      expect(await client.frame('error')).toMatchObject({
        ref: expect.stringMatching(/^many-/),
        error: { code: 'limit_exceeded', details: { limit: 'followedRuns', max: 100 } },
      })
    }
    const { json } = await server.call('GET', '/api/runs?flow=crowd&limit=200')
    expect(json.runs).toHaveLength(100)
    await Promise.all(
      json.runs.map(({ id }: { id: string }) => server.call('POST', `/api/runs/${id}/stop`)),
    )
  })

  it('leaves a client that goes on asking without reading the answers', async () => {
    const { socket } = client
    socket.pause()
    // A paused socket says that it is closing, but not that it has closed.
    const runId = 'nowhere'.padEnd(100_000, '.')
    while (socket.readyState === socket.OPEN) {
      client.send({ type: 'attach', runId, after: 0 })
      await new Promise(setImmediate)
    }
    expect(socket.readyState).not.toBe(socket.OPEN)
  })

  it('runs a document that is larger than other bodies: what can be saved can be run', async () => {
    const description = 'x'.repeat(200_000)
    const loose = Array.from({ length: 10 }, (_, index) => ({
      id: `loose${index}`,
      type: 'flow.log',
      description,
      properties: { message: 'never' },
    }))
    const flow = chatFlow('large')
    start({ ...flow, nodes: [...flow.nodes, ...loose] })
    const { runId } = await client.frame('started')
    expect((await client.eventsToEnd(runId)).at(-1)).toMatchObject({ outcome: 'completed' })
  })

  it('refuses a frame without a document that is larger than a body', async () => {
    client.send({ type: 'start', ref: 'd', flowId: 'x', input: 'x'.repeat(1024 * 1024) })
    expect(await client.frame('error')).toMatchObject({
      ref: 'd',
      error: { code: 'limit_exceeded', details: { limit: 'frame' } },
    })
  })

  it('closes on a frame that is larger than any flow with its input', async () => {
    client.socket.send('x'.repeat(6 * 1024 * 1024 + 1))
    const [code] = await once(client.socket, 'close')
    expect(code).toBe(1009)
  })

  it('lets go of a connection whose upgrade it refused, though the client keeps it open', async () => {
    const { socket, answer } = await askForUpgrade('evil.example')
    expect(answer).toContain('403 Forbidden')
    // Only a connection that the server has left altogether answers a write by breaking.
    const pump = setInterval(() => socket.write('anything'), 5)
    await new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve))
    clearInterval(pump)
  })

  it('ends with the server, though a client says no goodbye', async () => {
    const other = await startTestServer()
    const own = server
    server = other
    const { socket } = await askForUpgrade('localhost')
    server = own
    const closed = new Promise((resolve) =>
      socket.on('error', () => undefined).on('close', resolve),
    )
    await other.close()
    socket.end()
    await closed
  })

  it('lets nobody in from another page or under another name', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { host: 'evil.example' }]) {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`, { headers })
      const [error] = await once(socket, 'error')
      expect(String(error)).toContain('403')
    }
    const elsewhere = new WebSocket(`${server.url.replace('http', 'ws')}/api/other`)
    expect(String((await once(elsewhere, 'error'))[0])).toContain('404')
  })
})

/** Opens a connection that keeps its own side open, whatever the server does; its first answer. */
async function askForUpgrade(host: string): Promise<{ socket: Socket; answer: string }> {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.write(
    [
      `GET /api/live HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  )
  const [answer] = await once(socket, 'data')
  return { socket, answer: String(answer) }
}
