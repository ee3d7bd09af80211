import { rounds, roundsTimeout } from '@millrace/engine/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.call('POST', '/api/flows', { body: echoFlow('shared') })
})
afterAll(() => server.close())

const save = (name: string, revision: number) =>
  server.call('PUT', '/api/flows/shared', {
    body: { ...echoFlow('shared'), name },
    headers: { 'if-match': `"${revision}"` },
  })

it(
  'takes one of two saves on the same revision, and refuses the other with what it lost to',
  { timeout: roundsTimeout },
  async () => {
    let revision = 1
    for (let round = 0; round < rounds({ short: 50, long: 1000 }); round += 1) {
      const names = [`left ${round}`, `right ${round}`]
      // Together, or the second while the first is on its way, or after it.
      const first = save(names[0] ?? '', revision)
      for (let turn = 0; turn < round % 8; turn += 1) await new Promise(setImmediate)
      if (round % 9 === 8) await first
      const answers = await Promise.all([first, save(names[1] ?? '', revision)])
      const statuses = answers.map(({ status }) => status)
      expect(statuses).toEqual(expect.arrayContaining([200, 409]))
      const winner = names[statuses.indexOf(200)]
      const refused = answers[statuses.indexOf(409)]
      revision += 1
      expect(refused?.json.error).toMatchObject({
        code: 'conflict',
        details: { currentRevision: revision },
      })
      const { json, headers } = await server.call('GET', '/api/flows/shared')
      expect([json.name, headers.get('etag')]).toEqual([winner, `"${revision}"`])
    }
    const { json } = await server.call('GET', '/api/flows/shared/revisions?limit=1')
    expect(json.revisions[0].revision).toBe(revision)
  },
)

it(
  'refuses no save on the revision that it answered last, however fast they follow',
  async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('alone') })
    for (let revision = 1; revision <= rounds({ short: 50, long: 1000 }); revision += 1) {
      const { status } = await server.call('PUT', '/api/flows/alone', {
        body: { ...echoFlow('alone'), name: `Name ${revision}` },
        headers: { 'if-match': `"${revision}"` },
      })
      expect(status).toBe(200)
    }
  },
  roundsTimeout,
)
