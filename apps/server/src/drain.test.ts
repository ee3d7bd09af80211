import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expectFigure, rounds, roundsTimeout } from '@millrace/engine/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chatFlow } from './testing/chat-flow.ts'
import { endlessAnswer, startFakeModel, type FakeModel } from './testing/fake-model.ts'
import { killServer, spawnMain, whenReady, type ServerProcess } from './testing/server-process.ts'

const drainSeconds = 3
/** Runs that would never end, and as many that end within the time to drain. */
const runsOfAKind = rounds({ short: 10, long: 100 })

let directory: string
let model: FakeModel
let server: ServerProcess
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-drain-'))
  model = await startFakeModel()
  server = await start()
  const fields = { baseUrl: model.url, apiKey: 'sk-test' }
  await post('/api/connections', { id: 'model', kind: 'openai', name: 'Model', fields })
  await post('/api/flows', chatFlow('chat'))
})
afterEach(async () => {
  await killServer(server)
  await model.close()
  rmSync(directory, { recursive: true })
})

const start = () =>
  whenReady(spawnMain(directory, { MILLRACE_DRAIN_SECONDS: String(drainSeconds) }))

function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

// oxlint-disable-next-line no-explicit-any -- tests say what they expect of it
const get = async (path: string): Promise<any> => (await fetch(`${server.url}${path}`)).json()

const startRun = () => post('/api/flows/chat/stream', { prompt: 'Hi', sessionId: 's' })

/** A client that has begun to read its run. */
interface Client {
  readonly runId: string
  /** The outcomes that it is told until its answer is over. */
  readonly outcomes: Promise<readonly string[]>
}

async function openClient(): Promise<Client> {
  const answer = await startRun()
  const reader = answer.body?.getReader()
  const first = await reader?.read()
  async function* rest() {
    yield first?.value ?? new Uint8Array()
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done || value === undefined) return
      yield value
    }
  }
  const outcomes = text(rest()).then((all) =>
    Array.from(all.matchAll(/"outcome":"(\w+)"/g), ([, outcome = '']) => outcome),
  )
  return { runId: answer.headers.get('x-run-id') ?? '', outcomes }
}

const openClients = () => Promise.all(Array.from({ length: runsOfAKind }, openClient))

it(
  'told to end under load, starts no run, ends or marks each that runs, and is gone after its time',
  { timeout: 3 * roundsTimeout },
  async () => {
    model.answerWith(endlessAnswer)
    const endless = await openClients()
    model.answerWith({ kind: 'text', tokens: Array.from({ length: 20 }, () => 'x '), delayMs: 20 })
    const short = await openClients()

    const toldAt = performance.now()
    const exited = once(server.child, 'exit')
    server.child.kill('SIGTERM')
    await expect
      .poll(async () => (await fetch(`${server.url}/api/health`)).status, { timeout: 5000 })
      .toBe(503)
    const refused = await startRun()
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ error: { code: 'draining' } })
    // A busy machine may get to the last of these when the server is gone: none may start a run.
    const late = Array.from({ length: runsOfAKind }, startRun)
    const statuses = await Promise.all(
      late.map((one) =>
        one.then(
          ({ status }) => status,
          () => 503,
        ),
      ),
    )
    expect(statuses).toEqual(statuses.map(() => 503))

    expect(await Promise.all(endless.map(({ outcomes }) => outcomes))).toEqual(
      endless.map(() => ['interrupted']),
    )
    expect(await Promise.all(short.map(({ outcomes }) => outcomes))).toEqual(
      short.map(() => ['completed']),
    )
    const [code] = await exited
    const took = performance.now() - toldAt
    expect(code).toBe(0)
    expectFigure('the server was gone after SIGTERM', [took], {
      share: 1,
      max: (drainSeconds + 2) * 1000,
    })

    server = await start()
    const stateOf = async ({ runId }: Client) => (await get(`/api/runs/${runId}`)).state
    expect(await Promise.all(endless.map(stateOf))).toEqual(endless.map(() => 'interrupted'))
    expect(await Promise.all(short.map(stateOf))).toEqual(short.map(() => 'completed'))
    // The newest come first, and none of them is one of the refused.
    const { runs } = await get('/api/runs?limit=100')
    const known = [...endless, ...short].map(({ runId }) => runId)
    expect(known).toEqual(expect.arrayContaining(runs.map(({ id }: { id: string }) => id)))
  },
)
