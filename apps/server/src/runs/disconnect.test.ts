import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Flow, FlowSettings } from '@millrace/flow'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { endlessAnswer, tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { expectFigure, rounds, roundsTimeout } from '@millrace/engine/testing'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import type { TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel())
  for (const onDisconnect of ['cancel', 'grace', 'finish'] as const) {
    await store(chatFlow(onDisconnect, { settings: { onDisconnect } }))
    await store(silentFlow(`silent-${onDisconnect}`, { onDisconnect }))
  }
})
afterAll(() => close())
beforeEach(() => model.answerWith(endlessAnswer))

const store = (flow: Flow) => server.call('POST', '/api/flows', { body: flow })
const input = { sessionId: 's1', prompt: 'Hi' }

/** Asks its model and yields nothing, so that /run takes it. */
function silentFlow(id: string, settings: FlowSettings): Flow {
  const flow = chatFlow(id, { settings })
  return { ...flow, nodes: flow.nodes.slice(0, 2), edges: flow.edges.slice(0, 1) }
}

/** A client that reads, or goes without a word. */
interface Reader {
  readonly runId: string
  leave(): void
}

/** The ways in which a client starts a run and reads it. */
const ways = {
  SSE: (flow: string) => post(`${flow}/stream`, 'text/event-stream'),
  NDJSON: (flow: string) => post(`${flow}/stream`, 'application/x-ndjson'),
  'a JSON array': (flow: string) => post(`${flow}/stream`, 'application/json'),
  'a WebSocket': startLive,
  '/run': (flow: string) => run(`silent-${flow}`),
}
type Way = keyof typeof ways

/** Resolves with the head of the answer. */
async function post(path: string, accept: string): Promise<Reader> {
  const asking = request(`${server.url}/api/flows/${path}`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
  }).end(JSON.stringify(input))
  asking.on('error', () => undefined)
  const [answer] = await once(asking, 'response')
  answer.on('error', () => undefined)
  await once(answer, 'data')
  return { runId: answer.headers['x-run-id'], leave: () => asking.destroy() }
}

/** Its answer comes at the end alone: the list of runs says which it is. */
async function run(flow: string): Promise<Reader> {
  const asked = model.requests.length
  const asking = request(`${server.url}/api/flows/${flow}/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  }).end(JSON.stringify(input))
  asking.on('error', () => undefined)
  await expect.poll(() => model.requests.length).toBe(asked + 1)
  const { json } = await server.call('GET', `/api/runs?flow=${flow}&limit=1`)
  return { runId: json.runs[0].id, leave: () => asking.destroy() }
}

async function startLive(flow: string): Promise<Reader> {
  const client = await openLiveClient(server.url)
  client.send({ type: 'start', ref: 'a', flowId: flow, input, view: 'client' })
  const { runId } = await client.frame('started')
  await client.until(({ type }) => type === 'run-yield')
  return { runId, leave: () => client.socket.terminate() }
}

async function read(runId: string, path: string): Promise<Reader> {
  const asking = request(`${server.url}/api/runs/${runId}/${path}`).end()
  asking.on('error', () => undefined)
  const [answer] = await once(asking, 'response')
  answer.on('error', () => undefined).resume()
  return { runId, leave: () => asking.destroy() }
}

const stateOf = async (runId: string) => (await server.call('GET', `/api/runs/${runId}`)).json.state
const modelLeft = () => model.requests.at(-1)?.ended

describe.each(Object.keys(ways) as Way[])('a client that reads %s', (way) => {
  it('ends its run by leaving it, with "cancel", and the request to the model with it', async () => {
    const { runId, leave } = await ways[way]('cancel')
    leave()
    expect(await modelLeft()).toMatchObject({ how: 'client-left' })
    await expect.poll(() => stateOf(runId)).toBe('cancelled')
  })

  it('finds its run as it left it, with "grace"', async () => {
    const proceed = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['one', 'two'], { afterTokens: 1, until: proceed.promise }))
    const { runId, leave } = await ways[way]('grace')
    leave()
    const back = server.call('GET', `/api/runs/${runId}/stream`)
    proceed.resolve()
    expect((await back).text).toContain('"outcome":"completed"')
  })

  it('lets its run come to its end alone, with "finish"', async () => {
    const proceed = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['one', 'two'], { afterTokens: 1, until: proceed.promise }))
    const { runId, leave } = await ways[way]('finish')
    leave()
    proceed.resolve()
    await expect.poll(() => stateOf(runId)).toBe('completed')
  })
})

it.each([
  ['/run', 'silent-cancel/run'],
  ['/stream', 'cancel/stream'],
])(
  'a client of %s that has left while the start of its run was being stored ends it as well',
  async (_, path) => {
    using file = new DatabaseSync(join(server.directory, 'runs.db'))
    file.exec('BEGIN IMMEDIATE')
    const asked = model.requests.length
    const asking = request(`${server.url}/api/flows/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': path },
    }).end(JSON.stringify(input))
    asking.on('error', () => undefined)
    await expect.poll(() => model.requests.length).toBe(asked + 1)
    asking.destroy()
    // What comes now is answered by a server that has seen the client leave.
    await server.call('GET', '/api/health')
    file.exec('ROLLBACK')
    expect(await modelLeft()).toMatchObject({ how: 'client-left' })
  },
)

describe('several readers of a run', () => {
  it('keep it going until the last has left, whatever each reads it by', async () => {
    const readers = [await ways.SSE('cancel')]
    const { runId } = readers[0] ?? { runId: '' }
    const live = await openLiveClient(server.url)
    live.send({ type: 'attach', runId, view: 'client' })
    await live.until(({ type }) => type === 'run-yield')
    readers.push({ runId, leave: () => live.socket.terminate() })
    readers.push(await read(runId, 'stream'), await read(runId, 'events?view=client'))
    const last = readers.pop()
    for (const { leave } of readers) leave()
    // A reader that comes now is told by a server that has seen the others leave.
    const more = await read(runId, 'stream')
    more.leave()
    expect(await stateOf(runId)).toBe('running')
    last?.leave()
    expect(await modelLeft()).toMatchObject({ how: 'client-left' })
    await expect.poll(() => stateOf(runId)).toBe('cancelled')
  })

  it('are not those designers who look on, by whatever they do that', async () => {
    const client = await ways.SSE('cancel')
    const looking = await read(client.runId, 'events')
    client.leave()
    expect(await modelLeft()).toMatchObject({ how: 'client-left' })
    await expect.poll(() => stateOf(client.runId)).toBe('cancelled')
    looking.leave()
  })
})

it(
  'closes the socket of the provider soon after a client has left, at whatever moment it leaves',
  { timeout: roundsTimeout },
  async () => {
    const names = Object.keys(ways) as Way[]
    const delays: number[] = []
    for (let round = 0; round < rounds({ short: 20, long: 1000 }); round += 1) {
      const way = names[round % names.length] ?? 'SSE'
      const { leave } = await ways[way]('cancel')
      for (let turn = 0; turn < round % 7; turn += 1) await new Promise(setImmediate)
      const leftAt = performance.now()
      leave()
      expect(await modelLeft()).toMatchObject({ how: 'client-left' })
      delays.push(performance.now() - leftAt)
    }
    expectFigure('the provider’s socket closed after its client left', delays, {
      share: 0.95,
      max: 250,
    })
  },
)
