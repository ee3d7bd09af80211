import { rounds, roundsTimeout } from '@millrace/engine/testing'
import { clientView, type RunEvent } from '@millrace/flow'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient, type LiveClient } from '../testing/live-client.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import type { TestServer } from '../testing/test-server.ts'

/**
 * A run of 400 messages, read again after every one of its events, on every transport and in both
 * views: what a reader had and what it gets make the very same bytes as reading it in one go.
 */

const messages = 400
const tokens = Array.from({ length: messages }, (_, index) => `word ${index} `)
/** Before the pause in the run, where readers join it while it goes on. */
const early = messages / 2

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
let proceed: () => void
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel())
  await server.call('POST', '/api/flows', { body: chatFlow('chat') })
})
afterAll(() => close())
beforeEach(() => {
  const { promise, resolve } = Promise.withResolvers<void>()
  proceed = resolve
  model.answerWith(tokensAnswer(tokens, { afterTokens: early, until: promise }))
})

/** Starts a run and waits until it pauses; the number of the last event by then. */
async function startRun(): Promise<{ readonly runId: string; readonly paused: number }> {
  const { json } = await server.call('POST', '/api/flows/chat/submit', {
    body: { sessionId: 's1', prompt: 'Hi' },
  })
  const client = await openLiveClient(server.url)
  client.send({ type: 'attach', runId: json.runId })
  const { seq } = await client.until(
    (event) => event.type === 'run-yield' && event.value === tokens[early - 1],
  )
  client.socket.terminate()
  return { runId: json.runId, paused: seq }
}

interface HttpReading {
  readonly path: string
  readonly accept: string
  /** What ends a piece of the stream that stands for an event. */
  readonly separator: string
}

const sse = { accept: 'text/event-stream', separator: '\n\n' }
const ndjson = { accept: 'application/x-ndjson', separator: '\n' }
const readings: readonly (readonly [string, HttpReading])[] = [
  ['SSE of all events', { path: 'events', ...sse }],
  ['SSE of the client view', { path: 'events?view=client', ...sse }],
  ['SSE of values', { path: 'stream', ...sse }],
  ['NDJSON of all events', { path: 'events', ...ndjson }],
  ['NDJSON of the client view', { path: 'events?view=client', ...ndjson }],
  ['NDJSON of values', { path: 'stream', ...ndjson }],
]

/** What is read from the store: all of it with TEST_LONG=1, else one of each transport. */
const afterwards = readings.filter((_, index) => index % rounds({ short: 5, long: 1 }) === 0)

async function readAfter(runId: string, after: number, reading: HttpReading): Promise<string> {
  const { path, accept } = reading
  // SSE by the header that a browser sends when it comes back, the others by the address.
  const isSse = accept === sse.accept
  const address = isSse ? path : `${path}${path.includes('?') ? '&' : '?'}after=${after}`
  const { status, text } = await server.call('GET', `/api/runs/${runId}/${address}`, {
    headers: { accept, ...(isSse ? { 'last-event-id': String(after) } : {}) },
  })
  expect(status).toBe(200)
  return text
}

async function eventsOf(runId: string): Promise<readonly RunEvent[]> {
  const text = await readAfter(runId, 0, { path: 'events', ...ndjson })
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** How many events of a run one reading shows up to each number. */
function shownUpTo(events: readonly RunEvent[], { path }: HttpReading): readonly number[] {
  const isShown = ({ type }: RunEvent) =>
    path === 'events' ||
    type === 'run-yield' ||
    type === 'run-end' ||
    (path !== 'stream' && type === 'run-start')
  let shown = 0
  return [0, ...events.map((event) => (shown += isShown(event) ? 1 : 0))]
}

/** Compares a rest with the whole, for every number that was asked for. */
function expectExact(
  rests: readonly string[],
  { whole, events, reading }: { whole: string; events: readonly RunEvent[]; reading: HttpReading },
): void {
  const pieces = whole.split(reading.separator).slice(0, -1)
  const shown = shownUpTo(events, reading)
  const wholes = rests.map((rest, after) => {
    const had = pieces.slice(0, shown[after]).map((piece) => piece + reading.separator)
    return had.join('') + rest
  })
  // One comparison, since a wrong one would print a hundred kilobytes each.
  expect(wholes.findIndex((one) => one !== whole)).toBe(-1)
}

const views = ['full', 'client'] as const

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

/** One after the other, a few at a time. */
async function forEach(
  numbers: readonly number[],
  work: (number: number) => Promise<void>,
): Promise<void> {
  const left = numbers.values()
  const workOff = async () => {
    for (const number of left) await work(number)
  }
  await Promise.all(Array.from({ length: 8 }, workOff))
}

async function readEach(
  numbers: readonly number[],
  read: (after: number) => Promise<string>,
): Promise<readonly string[]> {
  const texts: string[] = []
  await forEach(numbers, async (number) => {
    texts[number] = await read(number)
  })
  return texts
}

describe('resuming at every event of a run', () => {
  it.each(readings)(
    'is exact while it goes on: %s',
    async (_, reading) => {
      const { runId, paused } = await startRun()
      // All of them have joined when the run goes on.
      const joined = upTo(paused + 1).map((after) => readAfter(runId, after, reading))
      await server.call('GET', '/api/health')
      proceed()
      const rests = await Promise.all(joined)
      const whole = await readAfter(runId, 0, reading)
      expectExact(rests, { whole, events: await eventsOf(runId), reading })
    },
    roundsTimeout,
  )

  it.each(afterwards)(
    'is exact after a restart of the server: %s',
    async (_, reading) => {
      const { runId } = await startRun()
      proceed()
      const events = await eventsOf(runId)
      const whole = await readAfter(runId, 0, reading)
      await server.restart()
      const rests = await readEach(upTo(events.length), (after) => readAfter(runId, after, reading))
      expectExact(rests, { whole, events, reading })
    },
    roundsTimeout,
  )

  it(
    'is exact for a run that a restart of the server interrupted',
    async () => {
      const { runId } = await startRun()
      await server.restart()
      const events = await eventsOf(runId)
      expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'interrupted' })
      for (const [, reading] of afterwards) {
        const whole = await readAfter(runId, 0, reading)
        const rests = await readEach(upTo(events.length), (after) =>
          readAfter(runId, after, reading),
        )
        expectExact(rests, { whole, events, reading })
      }
    },
    roundsTimeout,
  )

  it(
    'is exact on a WebSocket, in both views, while it goes on',
    async () => {
      const { runId, paused } = await startRun()
      const readers = await Promise.all(
        views.flatMap((view) => upTo(paused + 1).map((after) => attach(runId, { after, view }))),
      )
      proceed()
      const events = await eventsOf(runId)
      for (const reader of readers) await expectRest(reader, { runId, events })
    },
    roundsTimeout,
  )

  it.each(views)(
    'is exact on a WebSocket after a restart, in the %s view',
    async (view) => {
      const { runId } = await startRun()
      proceed()
      await eventsOf(runId)
      await server.restart()
      const events = await eventsOf(runId)
      await forEach(upTo(events.length), async (after) =>
        expectRest(await attach(runId, { after, view }), { runId, events }),
      )
    },
    roundsTimeout,
  )
})

interface LiveReading {
  readonly after: number
  readonly view: (typeof views)[number]
}

/** A socket of its own. */
async function attach(
  runId: string,
  reading: LiveReading,
): Promise<LiveReading & { readonly client: LiveClient }> {
  const client = await openLiveClient(server.url)
  client.send({ type: 'attach', runId, ...reading })
  return { ...reading, client }
}

async function expectRest(
  { after, view, client }: Awaited<ReturnType<typeof attach>>,
  { runId, events }: { readonly runId: string; readonly events: readonly RunEvent[] },
): Promise<void> {
  const seen = view === 'full' ? events : events.flatMap((event) => clientView(event) ?? [])
  const rest = await client.eventsToEnd(runId)
  const expected = seen.filter(({ seq }) => seq > after)
  expect(JSON.stringify(rest) === JSON.stringify(expected)).toBe(true)
  client.socket.terminate()
}
