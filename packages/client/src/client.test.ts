import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionState } from './connection.ts'
import { snapshotOf } from './resume-gap.ts'
import {
  all,
  end,
  failure,
  fakeServer,
  refusal,
  streamed,
  value,
  type BodyEnd,
} from './testing/fake-server.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** What a call comes to, with all its waits at once. */
async function soon<T>(call: Promise<T>): Promise<T> {
  call.catch(() => undefined)
  await vi.runAllTimersAsync()
  return call
}

const badGateway = () => new Response('<h1>Bad gateway</h1>', { status: 502 })
const draining = refusal(503, { code: 'draining', message: 'Starting.' }, { 'retry-after': '2' })

describe('streaming a flow', () => {
  it('gives the values in order, then how the run ended', async () => {
    const { client, asked } = fakeServer([
      streamed([value(2, 'a') + value(3, { b: 1 }), end(4, 7)]),
    ])
    const run = await client.stream('my chat', { prompt: 'hi' })
    expect(run.runId).toBe('run-1')
    expect(await all(run)).toEqual(['a', { b: 1 }])
    expect(run.summary).toEqual({ runId: 'run-1', outcome: 'completed', result: 7, usage: null })
    expect(asked[0]).toMatchObject({
      line: 'POST /api/flows/my%20chat/stream',
      body: { prompt: 'hi' },
    })
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer k')
  })

  it('runs it in the environment that the client names', async () => {
    const { client, asked } = fakeServer([streamed([end()])], { environment: 'test' })
    await all(await client.stream('chat', {}))
    expect(asked[0]?.line).toBe('POST /api/flows/chat/stream?env=test')
  })

  it.each<BodyEnd>(['ends', 'breaks', 'hangs'])(
    'goes on after the last value when the connection %s in the middle of an event',
    async (how) => {
      const { client, asked } = fakeServer([
        streamed([value(2, 'a'), 'id: 3\nevent: yi'], how),
        streamed([value(3, 'b')], how),
        streamed([value(5, 'c'), end()]),
      ])
      expect(await soon(all(await client.stream('chat', {})))).toEqual(['a', 'b', 'c'])
      expect(asked.slice(1).map(({ line }) => line)).toEqual([
        'GET /api/runs/run-1/stream?after=2',
        'GET /api/runs/run-1/stream?after=3',
      ])
      expect(asked[2]?.headers.get('last-event-id')).toBe('3')
    },
  )

  it('gives each value once to a reader that a proxy sends old ones again', async () => {
    const { client } = fakeServer([
      streamed([value(2, 'a') + value(3, 'b')]),
      streamed([value(2, 'a') + value(3, 'b') + value(4, 'c') + end()]),
    ])
    expect(await soon(all(await client.stream('chat', {})))).toEqual(['a', 'b', 'c'])
  })

  it('goes on when the server comes back from a restart, and does not ask sooner than it says', async () => {
    const { client, asked } = fakeServer([
      streamed([value(2, 'a')], 'breaks'),
      badGateway,
      draining,
      () => new Response('<h1>Log in</h1>', { headers: { 'content-type': 'text/html' } }),
      () => new Response(null, { status: 204 }),
      streamed([value(3, 'b'), end()]),
    ])
    const states: ConnectionState[] = []
    const run = await client.stream('chat', {}, { onConnection: (state) => states.push(state) })
    expect(await soon(all(run))).toEqual(['a', 'b'])
    expect(asked).toHaveLength(6)
    expect(states.map(({ state }) => state)).toEqual([
      ...['open', 'waiting', 'waiting', 'waiting', 'open', 'waiting', 'open', 'waiting'],
      ...['open', 'closed'],
    ])
    expect(states[3]).toMatchObject({ ms: 2000, error: { code: 'draining', retryable: true } })
  })

  it('is followed for as long as its connections say anything, though no value comes', async () => {
    const idle = streamed([':\n\n'], 'breaks')
    const { client } = fakeServer([
      ...Array.from({ length: 100 }, () => idle),
      streamed([value(2, 'late'), end()]),
    ])
    expect(await soon(all(await client.stream('chat', {})))).toEqual(['late'])
  })

  it('is not asked for in a hurry by connections that say a little and end', async () => {
    const states: ConnectionState[] = []
    const { client } = fakeServer([
      ...Array.from({ length: 30 }, () => streamed([':'])),
      streamed([value(2, 'late'), end()]),
    ])
    const onConnection = (state: ConnectionState) => states.push(state)
    expect(await soon(all(await client.stream('chat', {}, { onConnection })))).toEqual(['late'])
    const waits = states.flatMap((state) => (state.state === 'waiting' ? [state.ms] : []))
    expect(Math.min(...waits.slice(10))).toBeGreaterThanOrEqual(2500)
  })

  it('lets go of what is no stream of a run', async () => {
    for (const headers of [
      { 'content-type': 'text/html' },
      { 'content-type': 'text/event-stream' },
    ]) {
      const cancelled = vi.fn()
      const { client } = fakeServer([
        () => new Response(new ReadableStream({ cancel: cancelled }), { headers }),
      ])
      await expect(client.stream('chat', {})).rejects.toMatchObject({ code: 'internal' })
      expect(cancelled).toHaveBeenCalledOnce()
    }
  })

  it('is given up when no connection is had for a minute', async () => {
    const { client, asked } = fakeServer([streamed([value(2, 'a')], 'breaks')])
    const states: ConnectionState[] = []
    const run = await client.stream('chat', {}, { onConnection: (state) => states.push(state) })
    await expect(soon(all(run))).rejects.toMatchObject({
      code: 'provider_unreachable',
      retryable: true,
    })
    const waited = states.reduce(
      (sum, state) => sum + (state.state === 'waiting' ? state.ms : 0),
      0,
    )
    expect(waited).toBeGreaterThan(50_000)
    expect(waited).toBeLessThanOrEqual(60_000)
    expect(asked.length).toBeGreaterThan(10)
    expect(states.at(-1)).toEqual({ state: 'closed' })
    expect(run.seq).toBe(2)
  })

  it('tells with a gap in the log what is known of the run, after which it goes on', async () => {
    const snapshot = {
      runId: 'run-1',
      seq: 8,
      yields: ['a', 'b'],
      nodes: {},
      visits: { 1: 'chat' },
    }
    const gone = { code: 'resume_gap', message: 'Gone.', details: { oldest: 9, snapshot } }
    const { client, asked } = fakeServer([
      streamed([value(2, 'a'), failure('resume_gap', 'Gone.')]),
      refusal(410, gone),
      streamed([value(9, 'c'), end()]),
    ])
    const run = await client.stream('chat', {})
    const error: unknown = await soon(all(run)).catch((thrown: unknown) => thrown)
    const known = snapshotOf(error)
    expect(known).toMatchObject({ seq: 8, yields: ['a', 'b'], status: 'pending' })
    expect(known?.visits).toEqual(new Map([[1, 'chat']]))
    expect(asked).toHaveLength(2)
    expect(snapshotOf(new Error('other'))).toBeUndefined()
    expect(await all(client.attach('run-1', { after: known?.seq ?? 0 }))).toEqual(['c'])
  })

  it('throws the error of the run, after the values before it, and never asks again', async () => {
    const { client, asked } = fakeServer([
      streamed([value(2, 'a') + failure('upstream_truncated', 'Cut.') + value(3, 'after')]),
    ])
    const run = await client.stream('chat', {})
    const seen: unknown[] = []
    await expect(async () => {
      for await (const one of run) seen.push(one)
    }).rejects.toMatchObject({ code: 'upstream_truncated', message: 'Cut.', retryable: true })
    expect(seen).toEqual(['a'])
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['no JSON', 'id: 2\nevent: yield\ndata: {oops\n\n'],
    ['no number', 'event: yield\ndata: 1\n\n'],
    ['a number that is none', 'id: x\nevent: yield\ndata: 1\n\n'],
  ])('throws when a value has %s', async (_what, text) => {
    const { client } = fakeServer([streamed([text])])
    await expect(all(await client.stream('chat', {}))).rejects.toMatchObject({ code: 'internal' })
  })

  it('skips events that it does not know', async () => {
    const later = 'id: 3\nevent: yield-later\ndata: 1\n\ndata: 2\n\n'
    const { client } = fakeServer([streamed([value(2, 'a') + later + end()])])
    expect(await all(await client.stream('chat', {}))).toEqual(['a'])
  })

  it('goes on where its reader stopped reading, on a connection of its own', async () => {
    const { client, asked } = fakeServer([
      streamed([value(2, 'a') + value(3, 'b')], 'hangs'),
      streamed([value(3, 'b'), end()]),
    ])
    const run = await client.stream('chat', {})
    for await (const one of run) {
      expect(one).toBe('a')
      break
    }
    expect(run.seq).toBe(2)
    expect(await all(run)).toEqual(['b'])
    expect(asked[1]?.line).toBe('GET /api/runs/run-1/stream?after=2')
    expect(await all(run)).toEqual([])
  })

  it('is read by one reader at a time', async () => {
    const { client } = fakeServer([streamed([value(2, 'a')], 'hangs')])
    const run = await client.stream('chat', {})
    const first = run[Symbol.asyncIterator]()
    await first.next()
    await expect(all(run)).rejects.toThrow('"run-1" is being read already')
    await first.return?.()
  })

  it('lets go of the connection when its reader stops', async () => {
    const cancelled = vi.fn()
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(value(2, 'a'))),
      cancel: cancelled,
    })
    const { client } = fakeServer([
      () =>
        new Response(body, { headers: { 'content-type': 'text/event-stream', 'x-run-id': 'r' } }),
    ])
    for await (const one of await client.stream('chat', {})) {
      expect(one).toBe('a')
      break
    }
    expect(cancelled).toHaveBeenCalledOnce()
  })

  it('ends with the reason of its signal, also while it waits', async () => {
    const { client } = fakeServer([streamed([value(2, 'a')], 'breaks')])
    const leaving = new AbortController()
    const run = await client.stream(
      'chat',
      {},
      {
        signal: leaving.signal,
        onConnection: ({ state }) => {
          if (state === 'waiting') leaving.abort(new Error('left'))
        },
      },
    )
    await expect(soon(all(run))).rejects.toThrow('left')
    await expect(client.stream('chat', {}, { signal: leaving.signal })).rejects.toThrow('left')
  })

  it.each([
    [
      [
        value(2, 'One '),
        value(3, { type: 'status', text: 'Thinking' }),
        value(4, { content: 'two.' }),
        end(),
      ],
      'One two.',
    ],
    [[end(2, { content: 'Returned.' })], 'Returned.'],
    [[end()], ''],
  ])('gives the text of %j', async (pieces, text) => {
    const { client } = fakeServer([streamed(pieces)])
    expect(await (await client.stream('chat', {})).text()).toBe(text)
  })
})

describe('starting a run', () => {
  it('asks again with the same key while the server is away, so that it starts once', async () => {
    const { client, asked } = fakeServer([
      () => Promise.reject(new TypeError('reset')),
      badGateway,
      refusal(429, { code: 'rate_limited', message: 'Slower.' }, { 'retry-after': '1' }),
      streamed([end()]),
    ])
    await soon(client.stream('chat', {}).then(all))
    const keys = asked.map(({ headers }) => headers.get('idempotency-key'))
    expect(keys).toHaveLength(4)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  })

  it('has a key of its own for each call, or the one that it is given', async () => {
    const { client, asked } = fakeServer(Array.from({ length: 3 }, () => () => Response.json(1)))
    await client.run('sum', {})
    await client.run('sum', {})
    await client.run('sum', {}, { idempotencyKey: 'order-7' })
    const keys = asked.map(({ headers }) => headers.get('idempotency-key'))
    expect(new Set(keys).size).toBe(3)
    expect(keys[2]).toBe('order-7')
  })

  it('is given up within ten seconds, with an error that says where it was sought', async () => {
    const waits: number[] = []
    const { client } = fakeServer([])
    const call = client.stream(
      'chat',
      {},
      {
        onConnection: (state) => state.state === 'waiting' && waits.push(state.ms),
      },
    )
    await expect(soon(call)).rejects.toMatchObject({
      code: 'provider_unreachable',
      message: expect.stringContaining('http://server/'),
    })
    expect(waits.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(10_000)
  })

  it('does not wait for a server that wants to be left alone for longer than that', async () => {
    const { client, asked } = fakeServer([
      refusal(429, { code: 'rate_limited', message: 'Slower.' }, { 'retry-after': '60' }),
    ])
    await expect(soon(client.run('sum', {}))).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
    })
    expect(asked).toHaveLength(1)
  })

  it('is not tried again where the server says that waiting does not help', async () => {
    const { client, asked } = fakeServer([
      refusal(429, { code: 'rate_limited', message: 'This session is full.', retryable: false }),
      streamed([end()]),
    ])
    await expect(soon(client.stream('chat', {}))).rejects.toMatchObject({ code: 'rate_limited' })
    expect(asked).toHaveLength(1)
  })

  it('understands a date in Retry-After', async () => {
    vi.setSystemTime('2030-01-01T00:00:00Z')
    const until = 'Tue, 01 Jan 2030 00:00:07 GMT'
    const { client } = fakeServer([
      refusal(503, { code: 'draining', message: 'Stopping.' }, { 'retry-after': until }),
      () => Response.json(1),
    ])
    const waits: ConnectionState[] = []
    await soon(client.run('sum', {}, { onConnection: (state) => waits.push(state) }))
    expect(waits[0]).toMatchObject({ state: 'waiting', ms: 7000 })
  })

  it.each<[what: string, answer: () => Response, error: object]>([
    [
      'a typed error',
      refusal(422, { code: 'flow_invalid', message: 'Broken.' }),
      { code: 'flow_invalid', message: 'Broken.' },
    ],
    [
      'an error of a newer server',
      refusal(418, { code: 'teapot', message: 'No.' }),
      { code: 'internal', message: 'No.' },
    ],
    [
      'the error of a run that began',
      refusal(429, { code: 'provider_limited', message: 'Later.' }, { 'x-run-id': 'r' }),
      { code: 'provider_limited' },
    ],
    [
      'a run that its server left',
      refusal(503, { code: 'draining', message: 'Stopped.' }, { 'x-run-id': 'r' }),
      { code: 'draining' },
    ],
    [
      'a page of something else',
      () => new Response('<h1>Not here</h1>', { status: 404 }),
      { code: 'internal', message: expect.stringContaining('404') },
    ],
    [
      'a page with status 200',
      () => new Response('<h1>Log in</h1>', { headers: { 'content-type': 'text/html' } }),
      { code: 'internal' },
    ],
    ['nothing', () => new Response(null, { status: 204 }), { code: 'internal' }],
    [
      'a redirect',
      () => new Response(null, { status: 301, headers: { location: 'https://server/' } }),
      { code: 'internal', message: expect.stringContaining('https://server/') },
    ],
    [
      'a stream that does not say which run it is',
      () => new Response('', { headers: { 'content-type': 'text/event-stream' } }),
      { code: 'internal', message: expect.stringContaining('x-run-id') },
    ],
  ])('throws at once when the answer is %s', async (_what, answer, error) => {
    const { client, asked } = fakeServer([answer])
    await expect(client.stream('chat', {})).rejects.toMatchObject(error)
    expect(asked).toHaveLength(1)
  })

  it('asks again when a server takes the start and says nothing', async () => {
    const never = () => new Promise<Response>(() => undefined)
    const { client, asked } = fakeServer([never, streamed([end()])])
    await soon(client.stream('chat', {}).then(all))
    expect(asked).toHaveLength(2)
  })

  it('tells that nothing more comes when a start is given up, and when a result is there', async () => {
    const states: string[] = []
    const onConnection = ({ state }: { readonly state: string }) => states.push(state)
    const refused = fakeServer([() => new Response('A page', { status: 404 })])
    await expect(refused.client.stream('chat', {}, { onConnection })).rejects.toThrow()
    expect(states).toEqual(['closed'])

    states.length = 0
    const { client } = fakeServer([() => Response.json(42)])
    await client.run('sum', {}, { onConnection })
    expect(states).toEqual(['open', 'closed'])
  })

  it('asks again for a result whose answer begins and then stops coming', async () => {
    const stalled = () => new Response(new ReadableStream())
    const { client, asked } = fakeServer([stalled, () => Response.json({ answer: 42 })])
    expect(await soon(client.run('sum', {}))).toEqual({ answer: 42 })
    expect(asked).toHaveLength(2)
  })

  it('asks again for a result whose answer was cut', async () => {
    const { client, asked } = fakeServer([
      streamed(['{"answ'], 'breaks'),
      () => Response.json({ answer: 42 }),
    ])
    expect(await soon(client.run('sum', {}))).toEqual({ answer: 42 })
    expect(asked[1]?.headers.get('idempotency-key')).toBe(asked[0]?.headers.get('idempotency-key'))
  })
})

it('submits a flow, and follows it when what it gave is read', async () => {
  const { client, asked } = fakeServer([
    () => Response.json({ runId: 'run-9' }, { status: 202 }),
    streamed([value(2, 'a'), end()]),
  ])
  const run = await client.submit('report', {})
  expect(run.runId).toBe('run-9')
  expect(asked).toHaveLength(1)
  expect(await all(run)).toEqual(['a'])
  expect(run.summary?.outcome).toBe('completed')
  expect(asked.map(({ line }) => line)).toEqual([
    'POST /api/flows/report/submit',
    'GET /api/runs/run-9/stream?after=0',
  ])
})

it('attaches to a run after any of its events', async () => {
  const { client, asked } = fakeServer([streamed([value(8, 'late'), end()])])
  expect(await all(client.attach('run-7', { after: 7 }))).toEqual(['late'])
  expect(asked[0]?.line).toBe('GET /api/runs/run-7/stream?after=7')
})

it('follows the log of a run across connections, each event once, up to its end', async () => {
  const log = [
    { seq: 1, at: 1, type: 'run-start', runId: 'r', flowId: 'f', document: 'd', trace: 'full' },
    { seq: 2, at: 2, type: 'node-start', visit: 1, nodeId: 'chat' },
    { seq: 3, at: 3, type: 'run-end', outcome: 'completed' },
  ] as const
  const sent = log.map(
    (event) => `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
  )
  const { client, asked } = fakeServer([
    streamed(sent.slice(0, 2), 'breaks'),
    streamed(sent.slice(1), 'hangs'),
  ])
  const events = client.events('r')
  expect(await soon(all(events))).toEqual(log)
  expect(events.seq).toBe(3)
  expect(await all(events)).toEqual([])
  expect(asked.map(({ line }) => line)).toEqual([
    'GET /api/runs/r/events?after=0',
    'GET /api/runs/r/events?after=2',
  ])
})

it('reads and stops a run, and answers how it stands', async () => {
  const stopped = { id: 'run-1', flowId: 'chat', state: 'cancelled' }
  const { client, asked } = fakeServer([() => Response.json(stopped), () => Response.json(stopped)])
  expect(await client.find('run-1')).toEqual(stopped)
  expect(await client.stop('run-1')).toEqual(stopped)
  expect(asked.map(({ line }) => line)).toEqual([
    'GET /api/runs/run-1',
    'POST /api/runs/run-1/stop',
  ])
})
