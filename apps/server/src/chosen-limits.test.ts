import { availableParallelism } from 'node:os'
import type { Flow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLiveClient } from './testing/live-client.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'
import { valuesFlow } from './testing/values-flow.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    MILLRACE_KEEP_REVISIONS: '2',
    MILLRACE_MAX_YIELDED_MEGABYTES: '1',
    MILLRACE_MAX_RESULT_ROWS: '2000',
    MILLRACE_MAX_RESULT_MEGABYTES: '1',
    MILLRACE_MAX_WAITING_FUNCTIONS: '1',
    MILLRACE_MAX_FOLLOWED_RUNS: '1',
  })
})
afterAll(() => server.close())

const input = { sessionId: 's1', prompt: 'Hi' }

/** Runs a flow, and answers which of its limits it came to. */
async function limitOf(flow: Flow): Promise<unknown> {
  await server.call('POST', '/api/flows', { body: flow })
  const { text } = await server.call('POST', `/api/flows/${flow.id}/stream`, { body: input })
  return JSON.parse(text.split('\ndata: ').at(-1) ?? '').error?.details
}

describe('a limit that an operator chose holds', () => {
  it('for what a run yields', async () => {
    const value = 'x'.repeat(250 * 1024)
    const flow = valuesFlow('talkative', [value, value, value, value, value])
    expect(await limitOf(flow)).toEqual({ limit: 'yielded', max: 1024 * 1024 })
  })

  it('for functions that wait', { timeout: 60_000 }, async () => {
    const body = { code: 'for (;;) {}', timeoutSeconds: 1 }
    const calls = Math.max(2, availableParallelism()) + 2
    const answers = await Promise.all(
      Array.from({ length: calls }, async () =>
        server.call('POST', '/api/functions/run', { body }),
      ),
    )
    const errors = answers.map(({ json }) => json.error)
    expect(errors.filter(({ code }) => code === 'limit_exceeded')).toMatchObject([
      { details: { limit: 'waitingFunctions', max: 1 } },
    ])
  })

  it('for the runs that a socket follows', async () => {
    const waiting: Flow = {
      ...valuesFlow('waiting', []),
      nodes: [
        { id: 'trigger', type: 'chat.trigger' },
        { id: 'wait', type: 'flow.wait', properties: { duration: 600 } },
      ],
      edges: [{ from: ['trigger', 'next'], to: 'wait' }],
    }
    const client = await openLiveClient(server.url)
    client.send({ type: 'start', ref: 'a', flow: waiting, input })
    await client.frame('started')
    client.send({ type: 'start', ref: 'b', flow: waiting, input })
    expect(await client.frame('error')).toMatchObject({
      ref: 'b',
      error: { code: 'limit_exceeded', details: { limit: 'followedRuns', max: 1 } },
    })
    client.socket.terminate()
  })

  it('for the revisions of a flow', async () => {
    await server.call('POST', '/api/flows', { body: valuesFlow('saved', ['1']) })
    for (const revision of [1, 2, 3]) {
      await server.call('PUT', '/api/flows/saved', {
        body: valuesFlow('saved', [`${revision + 1}`]),
        headers: { 'if-match': `"${revision}"` },
      })
    }
    const { json } = await server.call('GET', '/api/flows/saved/revisions')
    // The first stays always, as the current one does.
    expect(json.revisions.map(({ revision }: { revision: number }) => revision)).toEqual([4, 1])
  })

  it('and metrics tell it', async () => {
    const { text } = await server.call('GET', '/metrics')
    const told = text.split('\n').filter((line) => line.startsWith('millrace_limit{'))
    expect(told).toEqual(
      expect.arrayContaining([
        'millrace_limit{limit="yielded"} 1048576',
        'millrace_limit{limit="resultRows"} 2000',
        'millrace_limit{limit="resultBytes"} 1048576',
        'millrace_limit{limit="waitingFunctions"} 1',
        'millrace_limit{limit="followedRuns"} 1',
        'millrace_limit{limit="keptRevisions"} 2',
        'millrace_limit{limit="keptRevisionMegabytes"} 64',
      ]),
    )
  })
})
