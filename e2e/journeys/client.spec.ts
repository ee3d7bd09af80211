// The client library against the built server: what cuts a stream costs no value, and starts no second run.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { createClient, type Client, type ConnectionState } from '@millrace/client'
import { expect, type Page } from '@playwright/test'
import { build } from 'vite'
import { chatFlow } from '../src/chat-flow.ts'
import { startCuttingProxy } from '../src/cutting-proxy.ts'
import { startFakeModelServer, type FakeModelServer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'
import { startMillrace } from '../src/millrace-server.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

const words = Array.from({ length: 40 }, (_, index) => `Wört ${index} 🌾 `)
const input = { sessionId: 's1', prompt: 'Tell me everything.' }

/** A model that says its words, so many of them before it is let go on. */
function startModel(afterTokens?: number) {
  const { promise: until, resolve: goOn } = Promise.withResolvers<void>()
  const pause = afterTokens === undefined ? {} : { pause: { afterTokens, until } }
  const answer = { kind: 'text', tokens: words, ...pause } as const
  return startFakeModelServer({ models: { talker: answer } }).then((model) => ({ model, goOn }))
}

async function storeTalk(millrace: { readonly url: string }, id: string, model: FakeModelServer) {
  const server = millrace as Parameters<typeof storeFlow>[0]
  await storeConnection(server, { id, name: id, baseUrl: model.url })
  await storeFlow(server, chatFlow(id, { chat: { connection: id, modelId: 'talker' } }))
}

test('each value comes once through a network that cuts, of a run that started once', async ({
  millrace,
}) => {
  const { model } = await startModel()
  await using _ = model
  await storeTalk(millrace, 'cut-talk', model)
  // The first answer is lost whole, the next in its head; then it is cut in heads and in values.
  const cuts = [0, 20, 900, 3, 400, 333, 1024, 777, 512]
  await using proxy = await startCuttingProxy(millrace.url, cuts)
  const run = await createClient({ baseUrl: proxy.url }).stream('cut-talk', input)
  expect(await Array.fromAsync(run)).toEqual(words)
  expect(run.summary).toMatchObject({ outcome: 'completed' })
  expect(proxy.connections()).toBe(cuts.length + 1)
  expect(model.requests).toHaveLength(1)
})

test('another process follows the same run, and whoever stops it is told how it stands', async ({
  millrace,
}) => {
  const { model, goOn } = await startModel(20)
  await using _ = model
  await storeTalk(millrace, 'shared-talk', model)
  const client = createClient({ baseUrl: millrace.url })
  const run = await client.stream('shared-talk', input)
  const values = run[Symbol.asyncIterator]()
  for (const word of words.slice(0, 20)) expect((await values.next()).value).toBe(word)

  const other = followElsewhere(millrace.url, run.runId)
  expect(await other.first).toBe(words[0])
  goOn()
  const rest: unknown[] = []
  for (let next = await values.next(); next.done !== true; next = await values.next()) {
    rest.push(next.value)
  }
  expect(rest).toEqual(words.slice(20))
  expect(await other.all).toEqual(words)

  const log = await Array.fromAsync(client.events(run.runId))
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_event, index) => index + 1))
  expect(log.at(-1)).toMatchObject({ type: 'run-end', outcome: 'completed' })
  expect(await client.stop(run.runId)).toMatchObject({ id: run.runId, state: 'completed' })
})

test('a server that is killed and comes back tells a client that its run was interrupted', async () => {
  const { model } = await startModel(20)
  await using _ = model
  await using millrace = await startMillrace()
  await storeTalk(millrace, 'long-talk', model)
  const client = createClient({ baseUrl: millrace.url })
  const states: ConnectionState['state'][] = []
  const idempotencyKey = 'order-7'
  const run = await client.submit('long-talk', input, {
    idempotencyKey,
    onConnection: ({ state }) => states.push(state),
  })
  const seen: unknown[] = []
  for await (const value of run) {
    seen.push(value)
    if (seen.length < 20) continue
    await millrace.kill()
    await millrace.start()
  }
  expect(seen).toEqual(words.slice(0, 20))
  expect(run.summary).toMatchObject({ outcome: 'interrupted', lost: true })
  expect(states).toEqual(expect.arrayContaining(['open', 'waiting', 'closed']))
  expect(await client.find(run.runId)).toMatchObject({ state: 'interrupted' })

  // Sent again, it is the run that was, rather than another one.
  const again = await client.submit('long-talk', input, { idempotencyKey })
  expect(again.runId).toBe(run.runId)
  expect(model.requests).toHaveLength(1)
})

test('a page stays small with it, and another tab goes on where the first was', async ({
  millrace,
  page,
  context,
}) => {
  const { model, goOn } = await startModel(20)
  await using _ = model
  await storeTalk(millrace, 'tab-talk', model)
  const script = await bundle()
  expect((await promisify(gzip)(script)).length).toBeLessThan(6000)

  await openWith(page, { url: millrace.url, script })
  const begun = await page.evaluate(async (sent) => {
    const run = await (globalThis as unknown as InPage).client.stream('tab-talk', sent)
    const values: unknown[] = []
    for await (const value of run) {
      values.push(value)
      if (values.length === 20) break
    }
    return { runId: run.runId, seq: run.seq, values }
  }, input)
  const tab = await context.newPage()
  await page.close()
  await openWith(tab, { url: millrace.url, script })
  goOn()
  const rest = await tab.evaluate(
    ({ runId, seq }) =>
      Array.fromAsync((globalThis as unknown as InPage).client.attach(runId, { after: seq })),
    begun,
  )
  expect([...begun.values, ...rest]).toEqual(words)
})

interface InPage {
  readonly client: Client
}

/** A page of the server's own origin, with a client. */
async function openWith(
  page: Page,
  { url, script }: { readonly url: string; readonly script: string },
): Promise<void> {
  await page.goto(`${url}/api/health`)
  await page.evaluate(
    `${script}; globalThis.client = millrace.createClient({ baseUrl: location.origin })`,
  )
}

/** The client library as any page would bundle it. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@millrace/client'))
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'millrace' } },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (output === undefined || !('output' in output)) throw new Error('Vite built nothing.')
  return output.output[0].code
}

/** Follows a run from a process of its own, which knows its id alone. */
function followElsewhere(baseUrl: string, runId: string) {
  const code = `
    import { createClient } from '@millrace/client'
    const client = createClient({ baseUrl: ${JSON.stringify(baseUrl)} })
    for await (const value of client.attach(${JSON.stringify(runId)})) console.log(JSON.stringify(value))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { promise: first, resolve: hear } = Promise.withResolvers<unknown>()
  let heard = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard += text
    if (heard.includes('\n')) hear(linesOf(heard)[0])
  })
  return { first, all: once(child.stdout, 'end').then(() => linesOf(heard)) }
}

/** The values of the lines that are whole. */
function linesOf(text: string): readonly unknown[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line))
}
