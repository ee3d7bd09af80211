import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { noTests } from '@millrace/flow'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let file: DatabaseSync
beforeAll(async () => {
  server = await startTestServer()
  file = new DatabaseSync(join(server.directory, 'millrace.db'))
  for (const id of ['kept', 'gone', 'back']) {
    await server.call('POST', '/api/flows', { body: echoFlow(id) })
  }
  await server.call('DELETE', '/api/flows/back')
  await server.call('POST', '/api/connections', { body: connection('gone') })
  await server.call('PUT', '/api/variables/gone', { body: {} })
})
afterAll(async () => {
  file.close()
  await server.close()
})

const connection = (id: string) => ({ id, kind: 'openai', name: id, fields: { apiKey: 'sk-test' } })
const headers = (revision: number) => ({ 'if-match': `"${revision}"` })

/** Writes of every store of the server, each of which can be made once. */
const writes: readonly Parameters<TestServer['call']>[] = [
  ['POST', '/api/flows', { body: echoFlow('new') }],
  ['PUT', '/api/flows/kept', { body: { ...echoFlow('kept'), name: 'Kept' }, headers: headers(1) }],
  ['DELETE', '/api/flows/gone'],
  ['POST', '/api/flows/back/restore'],
  ['PUT', '/api/flows/kept/revisions/1/name', { body: { name: 'First' } }],
  ['PUT', '/api/flows/kept/tests', { body: noTests('kept'), headers: headers(0) }],
  ['POST', '/api/flows/kept/publish', { body: { environment: 'production' } }],
  [
    'PUT',
    '/api/flows/kept/public-access',
    {
      body: { mode: 'anonymous', origins: [], limits: { perMinute: 1, perSession: 1, perDay: 1 } },
      headers: headers(0),
    },
  ],
  ['POST', '/api/connections', { body: connection('new') }],
  ['DELETE', '/api/connections/gone'],
  ['PUT', '/api/variables/new', { body: {} }],
  ['DELETE', '/api/variables/gone'],
  ['PUT', '/api/prices', { body: { currency: 'EUR', models: [] }, headers: headers(0) }],
  ['POST', '/api/keys', { body: { name: 'new', policies: ['execute'] } }],
]

const nameOf = ([method, path]: (typeof writes)[number]) => `${method} ${path}`

const tables = () =>
  file
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all()
    .map(({ name }) => String(name))

const stored = () => tables().map((table) => file.prepare(`SELECT * FROM ${table}`).all())

/** Lets no statement change anything, as a full disk does not; answers what lets them again. */
function fill(): () => void {
  const triggers = tables().flatMap((table) =>
    ['INSERT', 'UPDATE', 'DELETE'].map((change) => ({ name: `${change}_${table}`, change, table })),
  )
  for (const { name, change, table } of triggers) {
    file.exec(
      `CREATE TRIGGER ${name} BEFORE ${change} ON ${table} BEGIN SELECT raise(ABORT, 'disk is full'); END`,
    )
  }
  return () => {
    for (const { name } of triggers) file.exec(`DROP TRIGGER ${name}`)
  }
}

it('says of no write that it is done when it is not stored', async () => {
  const before = stored()
  const empty = fill()
  for (const write of writes) {
    const { status, json } = await server.call(...write)
    expect([status, json?.error.code], nameOf(write)).toEqual([500, 'internal'])
  }
  empty()
  expect(stored()).toEqual(before)
  // They were refused for no other reason.
  for (const write of writes) {
    expect((await server.call(...write)).status, nameOf(write)).toBeLessThan(300)
  }
})
