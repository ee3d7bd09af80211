import { serializeFlow, type Flow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Stores a flow under each of these names in turn; gives the versions. */
async function saveAs(id: string, names: readonly string[]): Promise<readonly Flow[]> {
  const versions = names.map((name) => ({ ...echoFlow(id), name }))
  for (const [index, body] of versions.entries()) {
    const answer =
      index === 0
        ? await server.call('POST', '/api/flows', { body })
        : await server.call('PUT', `/api/flows/${id}`, {
            body,
            headers: { 'if-match': `"${index}"` },
          })
    expect(answer.status).toBeLessThan(300)
  }
  return versions
}

const date = expect.stringMatching(/^\d{4}-.*Z$/)

describe('revisions of a flow', () => {
  it('are listed, the newest first, with how much each changed', async () => {
    await saveAs('listed', ['One', 'Two', 'Three'])
    const first = await server.call('GET', '/api/flows/listed/revisions?limit=2')
    expect(first.json).toEqual({
      revisions: [
        { revision: 3, savedAt: date, name: null, changes: 1 },
        { revision: 2, savedAt: date, name: null, changes: 1 },
      ],
      next: 2,
    })
    const rest = await server.call('GET', '/api/flows/listed/revisions?before=2')
    expect(rest.json).toEqual({
      revisions: [{ revision: 1, savedAt: date, name: null, changes: null }],
      next: null,
    })
  })

  it('are read as they were saved', async () => {
    const [one] = await saveAs('read', ['One', 'Two'])
    const { status, text } = await server.call('GET', '/api/flows/read/revisions/1')
    expect([status, text]).toEqual([200, one && serializeFlow(one)])
    const missing = await server.call('GET', '/api/flows/read/revisions/9')
    expect([missing.status, missing.json.error.code]).toEqual([404, 'not_found'])
    expect((await server.call('GET', '/api/flows/read/revisions/first')).status).toBe(400)
    expect((await server.call('GET', '/api/flows/nowhere/revisions')).status).toBe(404)
  })

  it('get a name and lose it', async () => {
    await saveAs('named', ['One', 'Two'])
    const path = '/api/flows/named/revisions/2/name'
    const named = await server.call('PUT', path, { body: { name: '  Before the demo ' } })
    expect(named.json).toEqual({ revision: 2, savedAt: date, name: 'Before the demo', changes: 1 })
    const { json } = await server.call('GET', '/api/flows/named/revisions')
    expect(json.revisions[0].name).toBe('Before the demo')
    const unnamed = await server.call('PUT', path, { body: { name: null } })
    expect(unnamed.json.name).toBeNull()
    for (const name of ['', ' ', 'x'.repeat(81), 7]) {
      expect((await server.call('PUT', path, { body: { name } })).status).toBe(400)
    }
  })
})

describe('a deleted flow', () => {
  const deleted = async (id: string) =>
    (await server.call('GET', '/api/flows?deleted=true')).json.flows.filter(
      (flow: { id: string }) => flow.id === id,
    )

  it('is listed as such, keeps its revisions, and comes back as it was', async () => {
    const [, two] = await saveAs('back', ['One', 'Two'])
    await server.call('DELETE', '/api/flows/back')
    expect(await deleted('back')).toMatchObject([
      { id: 'back', name: 'Two', revision: 2, deletedAt: date, status: 'flow' },
    ])
    const { json } = await server.call('GET', '/api/flows/back/revisions')
    expect(json.revisions).toHaveLength(2)

    const restored = await server.call('POST', '/api/flows/back/restore')
    expect([restored.status, restored.headers.get('etag'), restored.text]).toEqual([
      200,
      '"2"',
      two && serializeFlow(two),
    ])
    expect(await deleted('back')).toEqual([])
    const again = await server.call('POST', '/api/flows/back/restore')
    expect(again.status).toBe(409)
    expect(again.json.error.message).toContain('Either it was brought back already')
    expect((await server.call('POST', '/api/flows/nowhere/restore')).status).toBe(404)
  })

  it('leaves its id to a new flow, and its revisions among those of the new one', async () => {
    await saveAs('again', ['One'])
    await server.call('DELETE', '/api/flows/again')
    const created = await server.call('POST', '/api/flows', { body: echoFlow('again') })
    expect(created.headers.get('etag')).toBe('"2"')
    expect((await server.call('POST', '/api/flows/again/restore')).status).toBe(409)
    const first = await server.call('GET', '/api/flows/again/revisions/1')
    expect(first.json.name).toBe('One')
  })
})
