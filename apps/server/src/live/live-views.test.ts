import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { clientView } from '@millrace/flow'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { endlessAnswer, tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient, type LiveClient } from '../testing/live-client.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import type { TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
let clients: LiveClient[]
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel({ apiKey: 'sk-test' }))
  await server.call('POST', '/api/flows', { body: chatFlow('chat') })
})
afterAll(() => close())
beforeEach(() => {
  clients = []
  model.answerWith(tokensAnswer(['Hel', 'lo']))
})
afterEach(() => {
  for (const { socket } of clients) socket.terminate()
})

const input = { sessionId: 's1', prompt: 'a secret' }

async function open(): Promise<LiveClient> {
  const client = await openLiveClient(server.url)
  clients.push(client)
  return client
}

/** A run of a client that has said so many words, "one" the last, and says "two" when asked to. */
async function startPaused(
  client: LiveClient,
  { words } = { words: 1 },
): Promise<{ runId: string; proceed: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const tokens = [...Array.from({ length: words - 1 }, (_, index) => `word ${index}`), 'one', 'two']
  model.answerWith(tokensAnswer(tokens, { afterTokens: words, until: promise }))
  client.send({ type: 'start', ref: 'a', flowId: 'chat', input, view: 'client' })
  const { runId } = await client.frame('started')
  await client.until((event) => event.type === 'run-yield' && event.value === 'one')
  return { runId, proceed: resolve }
}

describe('the view of a client', () => {
  it('shows the start without its input, what is yielded and the end', async () => {
    const client = await open()
    client.send({ type: 'start', ref: 'a', flowId: 'chat', input, view: 'client' })
    const { runId } = await client.frame('started')
    const events = await client.eventsToEnd(runId)
    expect(events.map(({ type }) => type)).toEqual([
      'run-start',
      'run-yield',
      'run-yield',
      'run-end',
    ])
    expect(events[0]).toMatchObject({ type: 'run-start', trace: 'summary' })
    expect(JSON.stringify(events)).not.toContain('a secret')
    const full = await open()
    full.send({ type: 'attach', runId })
    const all = await full.eventsToEnd(runId)
    expect(events).toEqual(all.flatMap((event) => clientView(event) ?? []))
  })

  it('goes on after any number, those it does not see too', async () => {
    const client = await open()
    client.send({ type: 'start', ref: 'a', flowId: 'chat', input, view: 'client' })
    const { runId } = await client.frame('started')
    const events = await client.eventsToEnd(runId)
    for (let after = 0; after < (events.at(-1)?.seq ?? 0); after += 1) {
      const other = await open()
      other.send({ type: 'attach', runId, after, view: 'client' })
      expect(await other.eventsToEnd(runId)).toEqual(events.filter(({ seq }) => seq > after))
    }
  })

  it('takes a flow by its id only, and records no more because somebody asks', async () => {
    const client = await open()
    client.send({ type: 'start', ref: 'a', flow: chatFlow('own'), input, view: 'client' })
    expect(await client.frame('error')).toMatchObject({ ref: 'a', error: { code: 'bad_request' } })
    client.send({ type: 'attach', runId: 'x', view: 'client', watch: true })
    expect(await client.frame('error')).toMatchObject({
      runId: 'x',
      error: { code: 'bad_request' },
    })
  })
})

describe('several who follow a run', () => {
  it('see it each by its right, over WebSocket and SSE', async () => {
    const client = await open()
    const { runId, proceed } = await startPaused(client)
    const designer = await open()
    designer.send({ type: 'attach', runId })
    const bySse = server.call('GET', `/api/runs/${runId}/stream`)
    await designer.until(({ type }) => type === 'run-yield')
    proceed()
    const seen = await client.eventsToEnd(runId)
    const all = await designer.eventsToEnd(runId)
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
    expect(seen).toEqual(all.flatMap((event) => clientView(event) ?? []))
    const ids = [...(await bySse).text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual(seen.slice(1).map(({ seq }) => seq))
  })

  it('[E25] records everything while somebody watches, as before when they have left', async () => {
    const client = await open()
    const { runId, proceed } = await startPaused(client)
    const watcher = await open()
    watcher.send({ type: 'attach', runId, watch: true })
    await watcher.until((event) => event.type === 'node-log')
    const again = await open()
    again.send({ type: 'attach', runId })
    // A second time on the same socket is no second watcher.
    again.send({ type: 'attach', runId, watch: true })
    again.send({ type: 'attach', runId, watch: true })
    expect(await again.frame('error')).toMatchObject({
      runId,
      error: { code: 'conflict', message: expect.stringContaining('follows run') },
    })
    await again.until((event) => event.type === 'node-log' && event.seq > 0)
    watcher.socket.terminate()
    proceed()
    const all = await again.eventsToEnd(runId)
    const watched = all.filter(({ type }) => type === 'node-log')
    expect(watched).toHaveLength(2)
    expect(all).toContainEqual(expect.objectContaining({ type: 'node-delta', delta: 'two' }))
    expect(all).not.toContainEqual(expect.objectContaining({ type: 'node-delta', delta: 'one' }))
  })

  it('does not keep a client’s run alive for a designer who watches', async () => {
    await server.call('POST', '/api/flows', {
      body: chatFlow('cancelling', { settings: { onDisconnect: 'cancel' } }),
    })
    model.answerWith(endlessAnswer)
    const client = await open()
    client.send({ type: 'start', ref: 'a', flowId: 'cancelling', input, view: 'client' })
    const { runId } = await client.frame('started')
    const designer = await open()
    designer.send({ type: 'attach', runId, watch: true })
    await designer.until(({ type }) => type === 'node-log')
    client.socket.terminate()
    expect((await designer.eventsToEnd(runId)).at(-1)).toMatchObject({ outcome: 'cancelled' })
  })
})

describe('a reader of events that are no longer kept', () => {
  // More words than stay in memory.
  const many = { words: 40 }

  it('[L4] gets what is known of the run in their place, then the rest, and nothing twice', async () => {
    const client = await open()
    const { runId, proceed } = await startPaused(client, many)
    await loseStart(runId)
    const late = await open()
    late.send({ type: 'attach', runId, after: 1, view: 'client' })
    const { seq, state } = await late.frame('snapshot')
    expect(state).toMatchObject({ runId, flowId: 'chat', status: 'running', seq, nodes: {} })
    expect(state.yields.at(-1)).toBe('one')
    proceed()
    const rest = await late.eventsToEnd(runId)
    expect(rest).toEqual((await client.eventsToEnd(runId)).filter((event) => event.seq > seq))
    expect(rest.map(({ type }) => type)).toEqual(['run-yield', 'run-end'])
  })

  it('[L4] gets as much of it over HTTP as its view shows', async () => {
    const client = await open()
    const { runId, proceed } = await startPaused(client, many)
    await loseStart(runId)
    proceed()
    const end = (await client.eventsToEnd(runId)).at(-1)
    await server.call('GET', '/api/runs')
    const asked = (path: string) => server.call('GET', `/api/runs/${runId}/${path}?after=1`)
    const [values, events] = [await asked('stream'), await asked('events')]
    for (const { status, json } of [values, events]) {
      expect([status, json.error.code]).toEqual([410, 'resume_gap'])
      const { oldest, run, snapshot } = json.error.details
      expect(oldest).toBeGreaterThan(2)
      expect(run).toMatchObject({ id: runId, state: 'completed' })
      expect(snapshot).toMatchObject({ runId, seq: end?.seq, status: 'completed' })
      expect(snapshot.yields.slice(-1)).toEqual(['two'])
    }
    expect(values.json.error.details.snapshot.calls).toEqual([])
    expect(events.json.error.details.snapshot.calls).toHaveLength(1)
  })

  /** Takes what was flushed first of a run out of the store. */
  async function loseStart(runId: string): Promise<void> {
    await server.call('GET', '/api/runs')
    const file = new DatabaseSync(join(server.directory, 'runs.db'))
    file.prepare('DELETE FROM run_events WHERE run_id = ? AND first_seq = 1').run(runId)
    file.close()
  }
})

describe('the runs that go on', () => {
  it('are told at once, then each that starts or ends, of one flow or all', async () => {
    const client = await open()
    const { runId, proceed } = await startPaused(client)
    const [all, ofOther] = [await open(), await open()]
    all.send({ type: 'watchRuns' })
    ofOther.send({ type: 'watchRuns', flowId: 'other' })
    expect((await all.frame('runs'))['runs']).toContainEqual(
      expect.objectContaining({ id: runId, state: 'running' }),
    )
    expect(await ofOther.frame('runs')).toEqual({ type: 'runs', runs: [] })
    proceed()
    const { runs } = await all.frame('runs')
    expect(runs).toEqual((await server.call('GET', '/api/runs?limit=1')).json.runs)
    expect(runs[0]).toMatchObject({ id: runId, state: 'completed' })
    client.send({ type: 'start', ref: 'b', flow: chatFlow('other'), input })
    const started = await client.frame('started')
    expect(await ofOther.frame('runs')).toMatchObject({ runs: [{ id: started['runId'] }] })
  })
})
