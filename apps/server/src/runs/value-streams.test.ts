import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { bytesAnswer, errorAnswers, sseEvent } from '@millrace/e2e/fake-model-server'
import type { Flow, JsonValue } from '@millrace/flow'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import {
  endlessAnswer,
  startFakeModel,
  tokensAnswer,
  type FakeModel,
} from '../testing/fake-model.ts'
import { askRaw, connectRaw, type RawAnswer } from '../testing/raw-http.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

// The framings of values as bytes on a socket: what starts a run and what follows one again frame alike.

const framings = ['text/event-stream', 'application/x-ndjson', 'application/json'] as const
type FramingType = (typeof framings)[number]

/** A value of each row of the table of values, with what breaks careless framings in them. */
const values = [
  'Text',
  'two\nlines\r\n\r\ndata: no\u2028event',
  { content: 'a message', index: 0 },
  { type: 'sources', items: [{ title: 'Guide', url: 'https://a.test', score: 0.5 }] },
  { type: 'status', text: 'Searching…' },
  { hits: 3, deep: [{ a: 1 }] },
  [1, 'two', false],
  7,
  // What ends streams, here or elsewhere, ends none as a value.
  '[DONE]',
  'event: end\ndata: {}\n\n',
  { type: 'run-end', outcome: 'failed', error: { code: 'internal', message: 'no' } },
  { end: { outcome: 'completed' } },
] as const

const input = { sessionId: 's1', prompt: 'Hi' }

let server: TestServer
let model: FakeModel
beforeAll(async () => {
  model = await startFakeModel()
  server = await startTestServer()
  await server.call('POST', '/api/connections', {
    body: {
      id: 'model',
      kind: 'openai',
      name: 'model',
      fields: { baseUrl: model.url, apiKey: 'sk-test' },
    },
  })
  for (const flow of [chatFlow('chat'), echoFlow('echo'), valuesFlow('values', values)]) {
    await server.call('POST', '/api/flows', { body: flow })
  }
})
afterAll(async () => {
  await server.close()
  await model.close()
})
beforeEach(() => model.answerWith(tokensAnswer(['Hel', 'lo'])))

/** A flow that yields these values and ends. */
function valuesFlow(id: string, yields: readonly JsonValue[]): Flow {
  return {
    ...echoFlow(id),
    nodes: yields.map((value, index) => ({
      id: `yield${index}`,
      type: 'flow.yieldReturn',
      properties: { value },
    })),
    edges: yields.slice(1).map((_, index) => ({
      from: [`yield${index}`, 'next'],
      to: `yield${index + 1}`,
    })),
  }
}

function start(flow: string, accept: string): Promise<RawAnswer> {
  return askRaw(server.port, {
    method: 'POST',
    path: `/api/flows/${flow}/stream`,
    headers: { accept },
    body: input,
  })
}

function follow(runId: string, accept: string, after?: number): Promise<RawAnswer> {
  return askRaw(server.port, {
    method: 'GET',
    path: `/api/runs/${runId}/stream${after === undefined ? '' : `?after=${after}`}`,
    headers: { accept },
  })
}

function header({ head }: RawAnswer, name: string): string {
  return head.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
}
const runIdOf = (answer: RawAnswer) => header(answer, 'x-run-id')

/** The number of each value and of the end, read from the run's own log. */
async function numbersOf(runId: string): Promise<readonly number[]> {
  const { text } = await server.call('GET', `/api/runs/${runId}/events?view=client`, {
    headers: { accept: 'application/x-ndjson' },
  })
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number; type: string })
    .filter(({ type }) => type !== 'run-start')
    .map(({ seq }) => seq)
}

/** What a stream of these values is, to the byte. */
function framed(
  accept: FramingType,
  run: { readonly numbers: readonly number[]; readonly yields: readonly unknown[]; end: object },
): string {
  const { numbers, yields, end } = run
  const last = numbers[yields.length]
  const name = 'error' in end ? 'error' : 'end'
  const json = yields.map((value) => JSON.stringify(value))
  switch (accept) {
    case 'text/event-stream':
      return [
        ...json.map((value, index) => `id: ${numbers[index]}\nevent: yield\ndata: ${value}\n\n`),
        `id: ${last}\nevent: ${name}\ndata: ${JSON.stringify(end)}\n\n`,
      ].join('')
    case 'application/x-ndjson':
      return [
        ...json.map((value, index) => `{"seq":${numbers[index]},"value":${value}}\n`),
        `${JSON.stringify('error' in end ? end : { end })}\n`,
      ].join('')
    case 'application/json': {
      const isWhole = 'outcome' in end && end.outcome === 'completed'
      return `[${json.join(',\n')}${isWhole ? ']\n' : ''}`
    }
  }
}

const ended = (runId: string, more: object = {}) => ({
  outcome: 'completed',
  runId,
  usage: null,
  result: null,
  ...more,
})

describe.each(framings)('a stream of %s', (accept) => {
  it('carries a value of each kind as it is', async () => {
    const answer = await start('values', accept)
    expect(answer.head[0]).toBe('http/1.1 200 ok')
    expect(header(answer, 'content-type')).toBe(accept)
    const runId = runIdOf(answer)
    const numbers = await numbersOf(runId)
    expect(answer.body).toBe(framed(accept, { numbers, yields: values, end: ended(runId) }))
  })

  it('is its end alone where the flow yields nothing, with what it returned', async () => {
    const answer = await start('echo', accept)
    const runId = runIdOf(answer)
    const numbers = await numbersOf(runId)
    expect(answer.body).toBe(
      framed(accept, { numbers, yields: [], end: ended(runId, { result: 'Hi' }) }),
    )
  })

  it('ends with the error of a run that failed before its first value', async () => {
    model.answerWith(errorAnswers.invalidKey('sk-test'))
    const answer = await start('chat', accept)
    const runId = runIdOf(answer)
    const { json } = await server.call('GET', `/api/runs/${runId}`)
    expect([answer.head[0], json.error.code]).toEqual(['http/1.1 200 ok', 'provider_unauthorized'])
    const numbers = await numbersOf(runId)
    expect(answer.body).toBe(framed(accept, { numbers, yields: [], end: { error: json.error } }))
  })

  it('ends with the error of a run that failed after its first value', async () => {
    const half = { choices: [{ index: 0, delta: { content: 'half' } }] }
    model.answerWith(bytesAnswer([sseEvent(half)]))
    const answer = await start('chat', accept)
    const runId = runIdOf(answer)
    const { json } = await server.call('GET', `/api/runs/${runId}`)
    expect(json.error.code).toBe('upstream_truncated')
    const numbers = await numbersOf(runId)
    expect(answer.body).toBe(
      framed(accept, { numbers, yields: ['half'], end: { error: json.error } }),
    )
  })

  it('ends without an error when the run was stopped', async () => {
    model.answerWith(endlessAnswer)
    const answering = start('chat', accept)
    const runId = await runningRun('chat')
    await valueCame(runId)
    await server.call('POST', `/api/runs/${runId}/stop`)
    const answer = await answering
    const numbers = await numbersOf(runId)
    expect(answer.body).toBe(
      framed(accept, { numbers, yields: ['one'], end: ended(runId, { outcome: 'cancelled' }) }),
    )
  })

  it('is the same when the run is followed again', async () => {
    const first = await start('values', accept)
    const again = await follow(runIdOf(first), accept)
    expect(again.body).toBe(first.body)
    expect(again.head.filter(isTold)).toEqual(first.head.filter(isTold))
  })
})

/** Headers that are the answer's own, not of its moment. */
function isTold(line: string): boolean {
  return !/^(?:date|keep-alive|connection):/.test(line)
}

async function runningRun(flow: string): Promise<string> {
  const running = async () =>
    (await server.call('GET', `/api/runs?flow=${flow}&state=running`)).json.runs
  await expect.poll(async () => (await running()).length).toBe(1)
  return (await running())[0].id
}

/** Resolves when the run has yielded. */
async function valueCame(runId: string): Promise<void> {
  const reading = new AbortController()
  const { body } = await fetch(`${server.url}/api/runs/${runId}/stream`, {
    signal: reading.signal,
  })
  await body?.getReader().read()
  reading.abort()
}

describe('resuming a stream of values', () => {
  it('adds up to the very same bytes, from every event on, by header and by address', async () => {
    const first = await start('values', 'text/event-stream')
    const runId = runIdOf(first)
    for (const accept of ['text/event-stream', 'application/x-ndjson'] as const) {
      const { body: whole } = await follow(runId, accept)
      const end = accept === 'text/event-stream' ? '\n\n' : '\n'
      const frames = whole.split(end).slice(0, -1)
      const numbers = [0, ...(await numbersOf(runId))]
      expect(frames).toHaveLength(numbers.length - 1)
      for (const [index, after] of numbers.slice(0, -1).entries()) {
        const head = frames.slice(0, index).map((frame) => frame + end)
        const byAddress = await follow(runId, accept, after)
        const byHeader = await askRaw(server.port, {
          method: 'GET',
          path: `/api/runs/${runId}/stream`,
          headers: { accept, 'last-event-id': String(after) },
        })
        expect(head.join('') + byAddress.body).toBe(whole)
        expect(byHeader.body).toBe(byAddress.body)
      }
    }
  })

  it('gives one array of the values that come after', async () => {
    const first = await start('values', 'application/json')
    const [second = 0] = (await numbersOf(runIdOf(first))).slice(1)
    const { body } = await follow(runIdOf(first), 'application/json', second)
    expect(JSON.parse(body)).toEqual(values.slice(2))
  })

  it('tells a reader that has seen the end nothing new', async () => {
    const first = await start('values', 'text/event-stream')
    const last = (await numbersOf(runIdOf(first))).at(-1)
    const again = await follow(runIdOf(first), 'text/event-stream', last)
    expect([again.head[0], again.body]).toEqual(['http/1.1 200 ok', ''])
  })

  it('says that the run was interrupted when its server went', async () => {
    model.answerWith(endlessAnswer)
    void start('chat', 'text/event-stream').catch(() => undefined)
    const runId = await runningRun('chat')
    await valueCame(runId)
    await server.restart()
    const { body } = await follow(runId, 'application/x-ndjson')
    const numbers = await numbersOf(runId)
    expect(body).toBe(
      framed('application/x-ndjson', {
        numbers,
        yields: ['one'],
        end: ended(runId, { outcome: 'interrupted' }),
      }),
    )
  })

  it('answers 410 when values before the place are no longer kept, and 404 for no run', async () => {
    const runId = runIdOf(await start('values', 'text/event-stream'))
    await server.call('GET', '/api/runs')
    const file = new DatabaseSync(join(server.directory, 'runs.db'))
    file.prepare('UPDATE run_events SET first_seq = 5 WHERE run_id = ?').run(runId)
    file.close()
    const gap = await server.call('GET', `/api/runs/${runId}/stream?after=2`)
    expect([gap.status, gap.json.error.code]).toEqual([410, 'resume_gap'])
    const nowhere = await server.call('GET', '/api/runs/nowhere/stream')
    expect([nowhere.status, nowhere.json.error.code]).toEqual([404, 'not_found'])
  })
})

describe('the framing', () => {
  it.each([
    ['*/*', 'text/event-stream'],
    ['text/*', 'text/event-stream'],
    ['application/*', 'application/x-ndjson'],
    ['application/json, text/plain, */*', 'application/json'],
    ['application/x-ndjson;q=0.5, application/json;q=0.9', 'application/json'],
    ['application/json;q=0.2, text/event-stream;q=0.8', 'text/event-stream'],
    ['Application/X-NDJSON; charset=utf-8', 'application/x-ndjson'],
    // Nobody is turned away: what a run yields can always be told as events.
    ['text/html', 'text/event-stream'],
    ['nonsense', 'text/event-stream'],
  ])('for Accept: %s is %s', async (accept, type) => {
    const answer = await start('echo', accept)
    expect(header(answer, 'content-type')).toBe(type)
    expect(header(await follow(runIdOf(answer), accept), 'content-type')).toBe(type)
  })

  it('is SSE where nothing is asked for', async () => {
    const { head } = await askRaw(server.port, {
      method: 'POST',
      path: '/api/flows/echo/stream',
      body: input,
    })
    expect(head).toContain('content-type: text/event-stream')
  })
})

describe('the connection of a stream', () => {
  it('serves the next request after it', async () => {
    const connection = connectRaw(server.port)
    const request = { method: 'POST', path: '/api/flows/values/stream', body: input }
    const first = await connection.ask(request)
    const second = await connection.ask({ ...request, headers: { accept: 'application/json' } })
    connection.close()
    expect(first.body).toContain('event: end')
    expect(JSON.parse(second.body)).toEqual(values)
  })

  it('is not chunked for a client of HTTP/1.0, and closes at the end', async () => {
    const answer = await askRaw(server.port, {
      method: 'POST',
      path: '/api/flows/values/stream',
      headers: { accept: 'application/json' },
      body: input,
      version: '1.0',
    })
    expect(header(answer, 'transfer-encoding')).toBe('')
    expect(JSON.parse(answer.body)).toEqual(values)
  })

  it('is answered at once for HEAD, with the headers of the stream', async () => {
    model.answerWith(endlessAnswer)
    const answering = start('chat', 'text/event-stream')
    const runId = await runningRun('chat')
    const connection = connectRaw(server.port)
    const head = await connection.ask({ method: 'HEAD', path: `/api/runs/${runId}/stream` })
    expect(head.head[0]).toBe('http/1.1 200 ok')
    expect([header(head, 'content-type'), runIdOf(head)]).toEqual(['text/event-stream', runId])
    const next = await connection.ask({ method: 'GET', path: '/api/health' })
    expect(next.head[0]).toBe('http/1.1 200 ok')
    connection.close()
    await server.call('POST', `/api/runs/${runId}/stop`)
    await answering
  })

  it('tells with OPTIONS which methods there are', async () => {
    const start = await askRaw(server.port, { method: 'OPTIONS', path: '/api/flows/echo/stream' })
    expect([start.head[0], header(start, 'allow')]).toEqual(['http/1.1 204 no content', 'post'])
    const one = await askRaw(server.port, { method: 'OPTIONS', path: '/api/flows/echo' })
    expect(header(one, 'allow')).toBe('get, head, put, delete')
    const none = await askRaw(server.port, { method: 'OPTIONS', path: '/api/nowhere' })
    expect(none.head[0]).toBe('http/1.1 404 not found')
  })
})
