import { serializeFlow, type RunEvent } from '@millrace/flow'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import {
  endlessAnswer,
  startFakeModel,
  tokensAnswer,
  type FakeModel,
} from '../testing/fake-model.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const secret = 'sk-never-stored'
let server: TestServer
let model: FakeModel
beforeAll(async () => {
  model = await startFakeModel()
  server = await startTestServer()
  await server.call('POST', '/api/connections', {
    body: {
      id: 'model',
      kind: 'openai',
      name: 'm',
      fields: { baseUrl: model.url, apiKey: secret },
    },
  })
  for (const flow of [chatFlow('chat'), echoFlow('echo')]) {
    await server.call('POST', '/api/flows', { body: flow })
  }
})
afterAll(async () => {
  await server.close()
  await model.close()
})

/** Runs a flow to its end; the id of the run. */
async function runOf(flow: string, sessionId: string): Promise<string> {
  model.answerWith(tokensAnswer(['Hel', 'lo']))
  const body = { sessionId, prompt: 'Hi' }
  const { headers } = await server.call('POST', `/api/flows/${flow}/stream`, { body })
  return headers.get('x-run-id') ?? ''
}

async function listed(query: Readonly<Record<string, string>>) {
  return (await server.call('GET', `/api/runs?${new URLSearchParams(query).toString()}`)).json
}

it('tells of a run who started it, in which session, what it ran and what its models used', async () => {
  const id = await runOf('chat', 'told')
  const { json } = await server.call('GET', `/api/runs/${id}`)
  const usage = { inputTokens: 9, outputTokens: 2, totalTokens: 11 }
  expect(json).toMatchObject({
    sessionId: 'told',
    origin: 'client',
    parentRunId: null,
    startedBy: null,
    trace: 'summary',
    usage,
    models: [{ usage }],
  })
  const document = await server.call('GET', `/api/runs/${id}/document`)
  expect(document.text).toBe(serializeFlow(chatFlow('chat')))
})

it('goes through a list page by page, whatever starts meanwhile', async () => {
  const ids: string[] = []
  for (let count = 0; count < 5; count += 1) ids.unshift(await runOf('echo', 'paged'))
  const page = { session: 'paged', limit: '2' }
  const first = await listed(page)
  await runOf('echo', 'paged')
  const second = await listed({ ...page, before: first.next })
  const last = await listed({ ...page, before: second.next })
  const pages = [first, second, last].map(({ runs }) => runs.map(({ id }: { id: string }) => id))
  expect(pages.flat()).toEqual(ids)
  expect(last.next).toBeNull()
  const { status, json } = await server.call('GET', '/api/runs?before=nowhere')
  expect([status, json.error.code]).toEqual([400, 'bad_request'])
})

it('lists by flow, state, session, origin and time', async () => {
  const id = await runOf('echo', 'found')
  const { startedAt } = (await server.call('GET', `/api/runs/${id}`)).json
  const fits = { flow: 'echo', state: 'completed', session: 'found', origin: 'client' }
  expect((await listed({ ...fits, from: startedAt })).runs).toMatchObject([{ id }])
  for (const other of [{ to: startedAt }, { origin: 'designer' }, { state: 'failed' }]) {
    expect((await listed({ ...fits, ...other })).runs).toEqual([])
  }
})

it('deletes one run, and all of a session', async () => {
  const [one, two, three] = [
    await runOf('echo', 'gone'),
    await runOf('echo', 'gone'),
    await runOf('chat', 'gone'),
  ]
  expect((await server.call('DELETE', `/api/runs/${one}`)).status).toBe(204)
  expect((await server.call('GET', `/api/runs/${one}`)).json.error.code).toBe('not_found')
  expect((await server.call('DELETE', `/api/runs/${one}`)).status).toBe(404)
  expect((await server.call('DELETE', '/api/runs?session=gone')).json).toEqual({ deleted: 2 })
  for (const id of [two, three]) {
    for (const part of ['', '/events', '/document', '/export']) {
      expect((await server.call('GET', `/api/runs/${id}${part}`)).status).toBe(404)
    }
  }
  const all = await server.call('DELETE', '/api/runs')
  expect([all.status, all.json.error.code]).toEqual([400, 'bad_request'])
})

it('deletes a thousand runs by their ids in one request, and says how many there were', async () => {
  const [one, two, kept] = [
    await runOf('echo', 'some'),
    await runOf('chat', 'some'),
    await runOf('echo', 'some'),
  ]
  const others = Array.from({ length: 998 }, (_, index) => `never-${index}`)
  const ids = [one, ...others, two]
  const deletion = await server.call('POST', '/api/runs/delete', { body: { ids } })
  expect([deletion.status, deletion.json]).toEqual([200, { deleted: 2 }])
  expect((await listed({ session: 'some' })).runs).toMatchObject([{ id: kept }])
  for (const refused of [[], [...ids, kept], ['']]) {
    const { status } = await server.call('POST', '/api/runs/delete', { body: { ids: refused } })
    expect(status).toBe(400)
  }
})

it('deletes no run that goes on', async () => {
  model.answerWith(endlessAnswer)
  const { json } = await server.call('POST', '/api/flows/chat/submit', {
    body: { sessionId: 'busy', prompt: 'Hi' },
  })
  const refused = await server.call('DELETE', `/api/runs/${json.runId}`)
  expect([refused.status, refused.json.error.code]).toEqual([409, 'conflict'])
  expect((await server.call('DELETE', '/api/runs?session=busy')).json).toEqual({ deleted: 0 })
  const byId = await server.call('POST', '/api/runs/delete', { body: { ids: [json.runId] } })
  expect(byId.json).toEqual({ deleted: 0 })
  await server.call('POST', `/api/runs/${json.runId}/stop`)
  expect((await server.call('DELETE', `/api/runs/${json.runId}`)).status).toBe(204)
})

it('exports a run as one file: how it stands, what it ran, every event', async () => {
  const id = await runOf('chat', 'exported')
  const { json, text, headers } = await server.call('GET', `/api/runs/${id}/export`)
  expect(text).not.toContain(secret)
  const events = await server.call('GET', `/api/runs/${id}/events`, {
    headers: { accept: 'application/x-ndjson' },
  })
  expect(headers.get('content-disposition')).toBe(`attachment; filename=run-${id}.json`)
  expect(json).toEqual({
    format: 'millrace/run',
    version: 1,
    run: (await server.call('GET', `/api/runs/${id}`)).json,
    document: chatFlow('chat'),
    events: events.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  })
})

it('exports several runs as one file, each as alone, without those that are gone', async () => {
  const [one, two] = [await runOf('chat', 'together'), await runOf('echo', 'together')]
  const alone = async (id: string) => (await server.call('GET', `/api/runs/${id}/export`)).json
  const exported = async (ids: readonly string[]) =>
    server.call('POST', '/api/runs/export', { body: { ids } })
  const { json, headers } = await exported([two, 'gone', one, two])
  expect(headers.get('content-disposition')).toBe('attachment; filename=runs.json')
  expect(json).toEqual([await alone(two), await alone(one)])
  expect((await exported(['gone'])).json).toEqual([])
  expect((await exported([])).json.error.code).toBe('bad_request')
})

it('says how many runs are kept', async () => {
  const { json } = await server.call('GET', '/api/retention')
  expect(json).toEqual({ runs: 10_000, days: 30, megabytes: 4096 })
})

it('exports a long run in pages, and leaves no listener behind with each', async () => {
  const warnings: Error[] = []
  const warn = (warning: Error) => warnings.push(warning)
  process.on('warning', warn)
  model.answerWith(tokensAnswer(Array.from({ length: 200 }, () => 'w'.repeat(20_000))))
  const body = { sessionId: 'long', prompt: 'Hi' }
  const { headers } = await server.call('POST', '/api/flows/chat/stream', { body })
  const { json } = await server.call('GET', `/api/runs/${headers.get('x-run-id')}/export`)
  process.off('warning', warn)
  expect(json.events.filter(({ type }: RunEvent) => type === 'run-yield')).toHaveLength(200)
  expect(warnings).toEqual([])
})
