import { describe, expect, it } from 'vitest'
import { createClient } from './client.ts'

/** A server made of answers, in order; records what it was asked. */
function server(...answers: readonly (() => Response)[]) {
  const asked: { url: string; method: string; headers: Headers }[] = []
  const fake: typeof fetch = (url, init) => {
    asked.push({
      url: url instanceof Request ? url.url : url.toString(),
      method: init?.method ?? '',
      headers: new Headers(init?.headers),
    })
    const answer = answers[asked.length - 1]
    return answer === undefined
      ? Promise.reject(new TypeError('refused'))
      : Promise.resolve(answer())
  }
  return { asked, client: createClient({ baseUrl: 'http://server/', key: 'k', fetch: fake }) }
}

/** A body that sends its pieces and then ends, or breaks. */
function streamed(pieces: readonly string[], end: 'ends' | 'breaks' = 'ends') {
  return () => {
    const rest = [...pieces]
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = rest.shift()
        if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece))
        else if (end === 'ends') controller.close()
        else controller.error(new TypeError('terminated'))
      },
    })
    return new Response(body, { headers: { 'x-run-id': 'run-1' } })
  }
}

const value = (seq: number, text: string) =>
  `id: ${seq}\nevent: yield\ndata: ${JSON.stringify(text)}\n\n`
const end = 'event: end\ndata: {"outcome":"completed","result":null,"usage":null}\n\n'

async function all(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = []
  for await (const one of values) list.push(one)
  return list
}

describe('streaming a flow', () => {
  it('gives the values in order, then how the run ended', async () => {
    const { client, asked } = server(streamed([value(2, 'a') + value(3, 'b'), end]))
    const run = await client.stream('chat', { prompt: 'hi' })
    expect(run.runId).toBe('run-1')
    expect(await all(run)).toEqual(['a', 'b'])
    expect(run.summary).toEqual({ runId: 'run-1', outcome: 'completed', result: null, usage: null })
    expect(asked[0]?.url).toBe('http://server/api/flows/chat/stream')
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer k')
  })

  it.each(['ends', 'breaks'] as const)(
    'goes on after the last value when the connection %s in the middle of an event',
    async (how) => {
      const { client, asked } = server(
        streamed([value(2, 'a'), 'id: 3\nevent: yi'], how),
        streamed([value(3, 'b')], how),
        streamed([value(5, 'c'), end]),
      )
      expect(await all(await client.stream('chat', {}))).toEqual(['a', 'b', 'c'])
      expect(asked.slice(1).map(({ url }) => url)).toEqual([
        'http://server/api/runs/run-1/stream?after=2',
        'http://server/api/runs/run-1/stream?after=3',
      ])
      expect(asked[2]?.headers.get('last-event-id')).toBe('3')
    },
  )

  it('goes on when the server comes back from a restart', async () => {
    const { client, asked } = server(
      streamed([value(2, 'a')], 'breaks'),
      () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
      () => Response.json({ error: { code: 'draining', message: 'Starting.' } }, { status: 503 }),
      streamed([value(3, 'b'), end]),
    )
    expect(await all(await client.stream('chat', {}))).toEqual(['a', 'b'])
    expect(asked).toHaveLength(4)
  })

  it('throws at once when the run is no longer kept', async () => {
    const { client, asked } = server(streamed([value(2, 'a')], 'breaks'), () =>
      Response.json({ error: { code: 'resume_gap', message: 'Gone.' } }, { status: 410 }),
    )
    const run = await client.stream('chat', {})
    await expect(all(run)).rejects.toMatchObject({ code: 'resume_gap' })
    expect(asked).toHaveLength(2)
  })

  it('throws the error of the run, after the values before it', async () => {
    const failure = `event: error\ndata: {"error":{"code":"upstream_truncated","message":"Cut.","retryable":true}}\n\n`
    const { client } = server(streamed([value(2, 'a'), failure]))
    const run = await client.stream('chat', {})
    const seen: unknown[] = []
    await expect(async () => {
      for await (const one of run) seen.push(one)
    }).rejects.toMatchObject({ code: 'upstream_truncated', message: 'Cut.', retryable: true })
    expect(seen).toEqual(['a'])
  })

  it('throws the typed error of a server that refuses', async () => {
    const { client } = server(() =>
      Response.json({ error: { code: 'flow_invalid', message: 'Broken.' } }, { status: 422 }),
    )
    await expect(client.stream('chat', {})).rejects.toMatchObject({ code: 'flow_invalid' })
  })

  it('attaches to a run after any of its events', async () => {
    const { client, asked } = server(streamed([value(8, 'late'), end]))
    expect(await all(client.attach('run-7', { after: 7 }))).toEqual(['late'])
    expect(asked[0]?.url).toBe('http://server/api/runs/run-7/stream?after=7')
  })
})

it('runs a flow and answers what it returns', async () => {
  const { client } = server(() => Response.json({ answer: 42 }))
  expect(await client.run('sum', {})).toEqual({ answer: 42 })
})

it('submits a flow, and follows it when what it gave is read', async () => {
  const { client, asked } = server(
    () => Response.json({ runId: 'run-9' }, { status: 202 }),
    streamed([value(2, 'a'), end]),
  )
  const run = await client.submit('report', {})
  expect(run.runId).toBe('run-9')
  expect(asked).toHaveLength(1)
  expect(await all(run)).toEqual(['a'])
  expect(run.summary?.outcome).toBe('completed')
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST http://server/api/flows/report/submit',
    'GET http://server/api/runs/run-9/stream?after=0',
  ])
})

it('stops a run', async () => {
  const { client, asked } = server(() => Response.json({}))
  await client.stop('run-1')
  expect(asked[0]).toMatchObject({ url: 'http://server/api/runs/run-1/stop', method: 'POST' })
})
