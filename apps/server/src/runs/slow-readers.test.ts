import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { startFakeModel, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { expectFigure, rounds, roundsTimeout } from '@millrace/engine/testing'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

/** Readers that take nothing while a run goes on, beside some that keep up. */

const slowCount = rounds({ short: 6, long: 102 })
const messages = rounds({ short: 200, long: 600 })
const quickCount = 4
const token = 'x'.repeat(32 * 1024)

let server: TestServer
let model: FakeModel
/** The sockets that the server holds, each with the most that waited in it. */
const waited = new Map<Socket, number>()
const onSocket = (message: unknown) => {
  const { socket } = message as { socket: Socket } // as the channel says
  if (socket.localPort === server.port) waited.set(socket, 0)
}
beforeAll(async () => {
  model = await startFakeModel()
  server = await startTestServer()
  await server.call('POST', '/api/connections', {
    body: { id: 'model', kind: 'openai', name: 'Model', fields: { baseUrl: model.url } },
  })
  await server.call('POST', '/api/flows', { body: chatFlow('chat') })
  subscribe('net.server.socket', onSocket)
})
afterAll(async () => {
  unsubscribe('net.server.socket', onSocket)
  await server.close()
  await model.close()
})

/** A reader that has the head of its answer, and reads its body when it is told to. */
interface SlowReader {
  /** The values it gets up to the end. */
  readAll(): Promise<readonly unknown[]>
}

async function get(path: string, accept: string): Promise<IncomingMessage> {
  const asking = request(`${server.url}${path}`, { headers: { accept } }).end()
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return answer
}

type OpenReader = (runId: string) => Promise<SlowReader>

const slowReaders: readonly OpenReader[] = [
  async (runId) => {
    const answer = await get(`/api/runs/${runId}/stream`, 'text/event-stream')
    const valuesIn = (body: string) => [...body.matchAll(/^event: yield\ndata: (.*)$/gm)]
    return {
      readAll: async () => valuesIn(await text(answer)).map(([, json = '']) => JSON.parse(json)),
    }
  },
  async (runId) => {
    const answer = await get(`/api/runs/${runId}/stream`, 'application/x-ndjson')
    const valuesIn = (body: string) => body.trimEnd().split('\n').slice(0, -1)
    return {
      readAll: async () => valuesIn(await text(answer)).map((line) => JSON.parse(line).value),
    }
  },
  async (runId) => {
    const client = await openLiveClient(server.url)
    client.send({ type: 'attach', runId, view: 'client' })
    await client.until(({ type }) => type === 'run-start')
    client.socket.pause()
    return {
      async readAll() {
        client.socket.resume()
        const events = await client.eventsToEnd(runId)
        client.socket.terminate()
        return events.flatMap((event) => (event.type === 'run-yield' ? [event.value] : []))
      },
    }
  },
]

it(
  'costs the server little for each, and its other readers nothing',
  { timeout: roundsTimeout },
  async () => {
    const begin = Promise.withResolvers<void>()
    const tokens = Array.from({ length: messages }, (_, index) => `${index} ${token}`)
    model.answerWith({
      kind: 'text',
      tokens,
      delayMs: rounds({ short: 0, long: 20 }),
      pause: { afterTokens: 0, until: begin.promise },
    })
    const { json } = await server.call('POST', '/api/flows/chat/submit', {
      body: { sessionId: 's1', prompt: 'Hi' },
    })
    const runId: string = json.runId
    const slow = await Promise.all(
      Array.from({ length: slowCount / slowReaders.length }, () => slowReaders)
        .flat()
        .map((openReader) => openReader(runId)),
    )
    const quick = await Promise.all(
      Array.from({ length: quickCount }, () =>
        get(`/api/runs/${runId}/events`, 'application/x-ndjson'),
      ),
    )
    const measuring = setInterval(() => {
      for (const [socket, most] of waited) waited.set(socket, Math.max(most, socket.writableLength))
    }, 5)
    const delays = quick.map(delaysOf)
    begin.resolve()
    const measured = (await Promise.all(delays)).flat()
    clearInterval(measuring)
    const most = Math.max(...waited.values())
    console.log(`${slowCount} slow readers: at most ${Math.round(most / 1024)} KiB wait for one`)
    expect(most).toBeLessThanOrEqual(1024 * 1024)
    expect(measured.length).toBeGreaterThan(quickCount * messages)
    expectFigure('events that came to the others late by', measured, { share: 0.99, max: 100 })
    // One of each kind, before they are left for taking nothing.
    for (const reader of slow.slice(0, slowReaders.length)) {
      const values = await reader.readAll()
      // Not compared by `toEqual`, which would print megabytes.
      expect(values.length).toBe(messages)
      expect(values.findIndex((value, index) => value !== tokens[index])).toBe(-1)
    }
  },
)

/** How many milliseconds after it was recorded each event of a stream came. */
async function delaysOf(answer: IncomingMessage): Promise<readonly number[]> {
  const delays: number[] = []
  let rest = ''
  for await (const piece of answer.setEncoding('utf8')) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      // A yielded value stands at the end of its line: no need to read all of it.
      const at = Number(/"at":(\d+)/.exec(line.slice(0, 200))?.[1])
      delays.push(Date.now() - at)
    }
  }
  return delays
}
