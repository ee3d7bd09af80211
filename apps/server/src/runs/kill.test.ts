import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectFigure, rounds, roundsTimeout } from '@millrace/engine/testing'
import type { RunEvent } from '@millrace/flow'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { startFakeModel, type FakeModel } from '../testing/fake-model.ts'
import { killServer, spawnMain, whenReady, type ServerProcess } from '../testing/server-process.ts'

const kills = rounds({ short: 3, long: 100 })
const streams = 8
const tokens = Array.from({ length: 400 }, (_, index) => `${index} `)

let directory: string
let model: FakeModel
let server: ServerProcess | undefined
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-kill-'))
  model = await startFakeModel()
  model.answerWith({ kind: 'text', tokens, delayMs: 3 })
})
afterEach(async () => {
  if (server !== undefined) await killServer(server)
  await model.close()
  rmSync(directory, { recursive: true })
})

async function call(path: string, body?: unknown, accept = 'application/json'): Promise<Response> {
  return fetch(`${server?.url}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', accept },
  })
}

/** What a client had of its run when the server was gone. */
interface Seen {
  readonly runId: string
  values: number
  lastId: number
}

/** Follows a new run until it is cut off. */
async function startStream(seen: Seen[]): Promise<void> {
  try {
    const answer = await call('/api/flows/chat/stream', { sessionId: 's', prompt: 'Hi' }, '*/*')
    const one: Seen = { runId: answer.headers.get('x-run-id') ?? '', values: 0, lastId: 0 }
    seen.push(one)
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      one.values += chunk.match(/^event: yield$/gm)?.length ?? 0
      one.lastId = Number(
        chunk
          .match(/^id: (\d+)$/gm)
          ?.at(-1)
          ?.slice(4) ?? one.lastId,
      )
    }
  } catch {
    // Cut off, as it should be.
  }
}

async function eventsAfter(runId: string, after: number): Promise<RunEvent[]> {
  const path = `/api/runs/${runId}/events?after=${after}`
  const text = await (await call(path, undefined, 'application/x-ndjson')).text()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Its numbers have no gap, its values are those of the model up to somewhere, and it has one end. */
function expectReadable(events: readonly RunEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const values = events.flatMap((event) => (event.type === 'run-yield' ? [event.value] : []))
  expect(values).toEqual(tokens.slice(0, values.length))
  expect(events.filter(({ type }) => type === 'run-end')).toEqual([
    expect.objectContaining({ outcome: 'interrupted', lost: true }),
  ])
  expect(events.at(-1)?.type).toBe('run-end')
}

it(
  'settles every run of a server that was killed while it streamed, within 30 seconds of the restart',
  { timeout: 3 * roundsTimeout },
  async () => {
    server = await whenReady(spawnMain(directory, {}))
    const fields = { baseUrl: model.url, apiKey: 'sk-test' }
    await call('/api/connections', { id: 'model', kind: 'openai', name: 'Model', fields })
    await call('/api/flows', chatFlow('chat'))
    let runs = 0
    const settled: number[] = []
    let longestLoss = 0
    for (let count = 0; count < kills; count += 1) {
      const seen: Seen[] = []
      const streaming = Array.from({ length: streams }, () => startStream(seen))
      // At another moment each time: early in the first flush, late, and between.
      const enough = 1 + ((count * 37) % (tokens.length / 2))
      await expect
        .poll(() => Math.max(0, ...seen.map(({ values }) => values)), {
          interval: 2,
          timeout: 20_000,
        })
        .toBeGreaterThanOrEqual(enough)
      await killServer(server)
      await Promise.all(streaming)

      const startedAt = performance.now()
      server = await whenReady(spawnMain(directory, {}))
      const running = await call('/api/runs?state=running')
      expect(await running.json()).toEqual({ runs: [], next: null })
      settled.push(performance.now() - startedAt)
      for (const { runId, values, lastId } of seen) {
        runs += 1
        const record = await call(`/api/runs/${runId}`)
        // One that started in the last tenth of a second may never have been stored.
        if (record.status === 404) continue
        expect(await record.json()).toMatchObject({ state: 'interrupted' })
        const events = await eventsAfter(runId, 0)
        expectReadable(events)
        const stored = events.filter(({ type }) => type === 'run-yield').length
        longestLoss = Math.max(longestLoss, values - stored)
        // Whoever comes back gets the end, and what is stored behind what it has.
        const rest = await eventsAfter(runId, lastId)
        expect(rest.at(-1)).toMatchObject({ type: 'run-end', outcome: 'interrupted' })
      }
    }
    console.log(`${runs} runs: at most ${longestLoss} values that a client had were lost`)
    expectFigure('runs were settled, from the start of the server', settled, {
      share: 1,
      max: 30_000,
    })
  },
)
