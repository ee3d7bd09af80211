import type { Flow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const date = expect.stringMatching(/^\d{4}-.*Z$/)

/** Stores a flow that returns each of these in turn, one revision each. */
async function saveAs(id: string, answers: readonly string[]): Promise<void> {
  for (const [index, answer] of answers.entries()) {
    const body = valuesFlow(id, [], answer)
    const headers = { 'if-match': `"${index}"` }
    const { status } =
      index === 0
        ? await server.call('POST', '/api/flows', { body })
        : await server.call('PUT', `/api/flows/${id}`, { body, headers })
    expect(status).toBeLessThan(300)
  }
}

const publish = (id: string, body: object) =>
  server.call('POST', `/api/flows/${id}/publish`, { body })

const run = (id: string, query = '') =>
  server.call('POST', `/api/flows/${id}/run${query}`, { body: { sessionId: 's', prompt: 'p' } })

describe('publishing a flow', () => {
  it('runs the saved flow for the clients of an environment, until it is unpublished', async () => {
    await saveAs('mill', ['one', 'two'])
    const published = await publish('mill', { environment: 'production' })
    expect([published.status, published.json]).toEqual([
      200,
      { environment: 'production', revision: 2, publishedAt: date },
    ])
    await server.call('PUT', '/api/flows/mill', {
      body: valuesFlow('mill', [], 'three'),
      headers: { 'if-match': '"2"' },
    })
    expect((await run('mill', '?env=production')).json).toBe('two')
    expect((await run('mill', '?env=development')).json).toBe('three')

    const path = '/api/flows/mill/publish?environment=production'
    expect((await server.call('DELETE', path)).status).toBe(204)
    const { status, json } = await run('mill', '?env=production')
    expect([status, json.error.code]).toEqual([404, 'flow_not_published'])
  })

  it('runs on the live socket what the environment has that the start names', async () => {
    await saveAs('live', ['published', 'saved'])
    await publish('live', { environment: 'production', revision: 1 })
    const client = await openLiveClient(server.url)
    const start = { type: 'start', ref: 'a', flowId: 'live', input: { prompt: 'p' } }
    for (const [env, result] of [
      ['production', 'published'],
      ['development', 'saved'],
    ]) {
      client.send({ ...start, env })
      const { runId } = await client.frame('started')
      expect((await client.eventsToEnd(runId)).at(-1)).toMatchObject({ type: 'run-end', result })
    }
    client.send({ ...start, env: 'test' })
    expect((await client.frame('error'))['error'].code).toBe('flow_not_published')
    client.send({ ...start, flowId: undefined, flow: valuesFlow('live', []), env: 'production' })
    expect((await client.frame('error'))['error']).toMatchObject({
      code: 'bad_request',
      message:
        'A document that is sent runs in development. Leave out "env", or name what is published to production by "flowId".',
    })
    client.socket.terminate()
  })

  it('rolls back by publishing an older revision, and tells what was published when', async () => {
    await saveAs('back', ['one', 'two', 'three'])
    await publish('back', { environment: 'production' })
    await publish('back', { environment: 'test', revision: 2 })
    await publish('back', { environment: 'production', revision: 1 })
    expect((await run('back', '?env=production')).json).toBe('one')
    expect((await run('back', '?env=test')).json).toBe('two')
    const { json } = await server.call('GET', '/api/flows/back/publications')
    expect(json).toEqual({
      published: [
        { environment: 'production', revision: 1, publishedAt: date, changes: 1 },
        { environment: 'test', revision: 2, publishedAt: date, changes: 1 },
      ],
      history: [
        { environment: 'production', revision: 1, publishedAt: date },
        { environment: 'test', revision: 2, publishedAt: date },
        { environment: 'production', revision: 3, publishedAt: date },
      ],
    })
  })

  it('shows in the list of flows', async () => {
    await saveAs('listed', ['one', 'two'])
    await publish('listed', { environment: 'production', revision: 1 })
    await publish('listed', { environment: 'test' })
    const { json } = await server.call('GET', '/api/flows')
    const listed = json.flows.find(({ id }: { id: string }) => id === 'listed')
    expect(listed.published).toMatchObject([
      { environment: 'production', changes: 1 },
      { environment: 'test', changes: 0 },
    ])
  })

  it('counts the changes of a flow that takes the id of a deleted one by its own revisions', async () => {
    const changes = async () =>
      (await server.call('GET', '/api/flows/heir/publications')).json.published.map(
        (state: { changes: number }) => state.changes,
      )
    await saveAs('heir', ['one', 'two'])
    await publish('heir', { environment: 'production', revision: 1 })
    expect(await changes()).toEqual([1])
    await server.call('DELETE', '/api/flows/heir')

    const { headers } = await server.call('POST', '/api/flows', { body: echoFlow('heir') })
    expect(headers.get('etag')).toBe('"3"')
    expect(await changes()).toEqual([])
    await publish('heir', { environment: 'production' })
    expect(await changes()).toEqual([0])
    const { name: _, ...unnamed } = echoFlow('heir')
    await server.call('PUT', '/api/flows/heir', {
      body: { ...unnamed, name: 'Another', description: 'Says it again.' },
      headers: { 'if-match': '"3"' },
    })
    expect(await changes()).toEqual([2])
  })

  it('is refused with its problems for a flow that cannot run', async () => {
    const flow = echoFlow('broken')
    const nodes = flow.nodes.filter(({ id }) => id !== 'trigger')
    await server.call('POST', '/api/flows', { body: { ...flow, nodes, edges: [] } })
    const { status, json } = await publish('broken', { environment: 'production' })
    expect([status, json.error.code]).toEqual([422, 'flow_invalid'])
    expect(json.error.details.problems).toMatchObject([{ nodeId: 'return', severity: 'error' }])
    expect((await server.call('GET', '/api/flows/broken/publications')).json.published).toEqual([])
  })

  it('is refused for a flow whose connection is missing here', async () => {
    const flow: Flow = {
      ...echoFlow('unconnected'),
      nodes: [
        { id: 'trigger', type: 'chat.trigger' },
        {
          id: 'return',
          type: 'openai.chatCompletion',
          properties: { connection: 'nowhere', modelId: 'm', userPrompt: 'p' },
        },
      ],
    }
    await server.call('POST', '/api/flows', { body: flow })
    const { status, json } = await publish('unconnected', { environment: 'production' })
    expect([status, json.error.code]).toEqual([422, 'connection_missing'])
  })

  it('takes only a flow, a revision and an environment that are there', async () => {
    await saveAs('there', ['one'])
    const development = await publish('there', { environment: 'development' })
    expect([development.status, development.json.error.code]).toEqual([400, 'bad_request'])
    expect(development.json.error.message).toContain('development is the saved draft')
    expect((await publish('there', {})).status).toBe(400)
    expect((await publish('there', { environment: 'test', flow: {} })).status).toBe(400)
    expect((await publish('there', { environment: 'test', revision: 9 })).status).toBe(404)
    expect((await publish('nowhere', { environment: 'test' })).status).toBe(404)
    expect((await server.call('GET', '/api/flows/nowhere/publications')).status).toBe(404)
    const removed = (query: string) => server.call('DELETE', `/api/flows/there/publish${query}`)
    expect((await removed('')).status).toBe(400)
    expect((await removed('?environment=test')).status).toBe(204)
    expect((await run('there', '?env=staging')).status).toBe(400)
  })

  it('outlives a restart', async () => {
    await saveAs('durable', ['one'])
    await publish('durable', { environment: 'production' })
    await server.restart()
    expect((await run('durable', '?env=production')).json).toBe('one')
  })
})

describe('a run in an environment', () => {
  const calling = (id: string): Flow => ({
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes: [
      {
        id: 'call',
        type: 'flow.runFlow',
        properties: {
          flow: 'called',
          inputs: [
            { name: 'prompt', value: 'p' },
            { name: 'sessionId', value: 's' },
          ],
          resultVariable: 'answer',
        },
      },
      { id: 'return', type: 'flow.return', properties: { value: { $ref: 'answer' } } },
    ],
    edges: [{ from: ['call', 'continue'], to: 'return' }],
  })

  it('[R16] runs what is published there of a flow that it calls, and says where it ran', async () => {
    await saveAs('called', ['one', 'two'])
    await server.call('POST', '/api/flows', { body: calling('calling') })
    await publish('calling', { environment: 'production' })
    const { status, json } = await run('calling', '?env=production')
    expect([status, json.error.code]).toEqual([404, 'flow_not_published'])

    await publish('called', { environment: 'production', revision: 1 })
    expect((await run('calling', '?env=production')).json).toBe('one')
    expect((await run('calling', '?env=development')).json).toBe('two')
    const list = await server.call('GET', '/api/runs?flow=called')
    expect(list.json.runs).toMatchObject([
      { environment: 'development' },
      { environment: 'production' },
    ])
    const inProduction = await server.call('GET', '/api/runs?flow=called&environment=production')
    expect(inProduction.json.runs).toHaveLength(1)
  })

  it('is another start than one elsewhere with the same Idempotency-Key', async () => {
    await saveAs('keyed', ['one'])
    await publish('keyed', { environment: 'production' })
    const start = (query: string) =>
      server.call('POST', `/api/flows/keyed/run${query}`, {
        body: { sessionId: 's', prompt: 'p' },
        headers: { 'idempotency-key': 'once' },
      })
    expect((await start('')).status).toBe(200)
    expect((await start('?env=production')).json.error.code).toBe('conflict')
  })
})

describe('the models of OpenAI’s interface', () => {
  it('are what is published to the environment that is named', async () => {
    await saveAs('model-flow', ['one', 'two'])
    const path = '/v1/models/model-flow?env=production'
    const unpublished = (await server.call('GET', path)).json.error
    expect(unpublished.code).toBe('model_not_found')
    expect(unpublished.message).toContain('"model-flow" is not published to production')
    await publish('model-flow', { environment: 'production', revision: 1 })
    expect((await server.call('GET', path)).json).toMatchObject({ id: 'model-flow' })
    const { json } = await server.call('GET', '/v1/models?env=production')
    expect(json.data).toContainEqual(expect.objectContaining({ id: 'model-flow' }))
    const answer = await server.call('POST', '/v1/chat/completions?env=production', {
      body: { model: 'model-flow', messages: [{ role: 'user', content: 'p' }] },
    })
    expect(answer.json.choices[0].message.content).toBe('one')
  })
})
