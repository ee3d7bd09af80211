import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { startTestServer } from '../testing/test-server.ts'

/** What a server of before publishing, keys and visitors left: its databases as text, and its key. */
const before = {
  databases: ['millrace', 'runs'],
  key: 's4_JyJ6flzMbUMuvMAAuHa1P1u2P_YzY348eeFdSYZ0',
  runId: '01a21c1a-ca1d-7470-a88b-da29b3c32110',
}

function putBack(directory: string): void {
  for (const name of before.databases) {
    const text = new URL(`testing/${name}-of-before.sql`, import.meta.url)
    const file = join(directory, `${name}.db`)
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    const database = new DatabaseSync(file)
    database.exec(readFileSync(text, 'utf8'))
    database.close()
  }
  writeFileSync(join(directory, 'secret.key'), before.key)
}

it('goes on with the data directory of a server of before: flows, secrets, runs', async () => {
  const server = await startTestServer()
  await server.stop()
  putBack(server.directory)
  await server.restart()

  const flow = await server.call('GET', '/api/flows/greet')
  expect([flow.headers.get('etag'), flow.json.nodes[1].properties.value]).toEqual([
    '"2"',
    'Hello again',
  ])
  const revisions = await server.call('GET', '/api/flows/greet/revisions')
  expect(revisions.json.revisions).toHaveLength(2)
  const { json: connection } = await server.call('GET', '/api/connections/model')
  expect(connection).toMatchObject({ locked: false, fields: { apiKey: { set: true } } })

  const run = await server.call('GET', `/api/runs/${before.runId}`)
  expect(run.json).toMatchObject({
    flowId: 'greet',
    state: 'completed',
    environment: 'development',
  })
  const again = await server.call('GET', `/api/runs/${before.runId}/stream`)
  expect(again.text).toContain('data: "Hello again"')

  const headers = { 'if-match': '"2"' }
  const saved = await server.call('PUT', '/api/flows/greet', { body: flow.json, headers })
  expect(saved.status).toBe(200)
  const published = await server.call('POST', '/api/flows/greet/publish', {
    body: { environment: 'production' },
  })
  expect(published.status).toBe(200)
  const input = { sessionId: 's', prompt: 'Hi', context: '' }
  const streamed = await server.call('POST', '/api/flows/greet/stream?env=production', {
    body: input,
  })
  expect(streamed.text).toContain('data: "Hello again"')
  await server.close()
})
