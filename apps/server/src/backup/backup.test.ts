import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { backUp } from './back-up.ts'
import { copyQuiet } from './copy-quiet.ts'
import { restore } from './restore.ts'

let server: TestServer
let folder: string
beforeEach(async () => {
  server = await startTestServer()
  folder = mkdtempSync(join(tmpdir(), 'millrace-backup-'))
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const at = (name: string) => join(folder, name)
const query = (on: TestServer, statement: string) =>
  on.call('POST', '/api/connections/embedded-postgres/query', {
    body: { statement, parameters: [], commit: true },
  })

it(
  'takes along everything of a server that goes on, and gives it back',
  { timeout: 90_000 },
  async () => {
    const secret = { apiKey: 'sk-kept', baseUrl: 'https://models.example/v1' }
    const connection = { id: 'kept', kind: 'openai', name: 'Kept', fields: secret }
    await server.call('POST', '/api/connections', { body: connection })
    await server.call('POST', '/api/flows', { body: echoFlow('echo') })
    const input = { sessionId: 's', prompt: 'Hi', context: '' }
    await server.call('POST', '/api/flows/echo/run', { body: input })
    await expect
      .poll(async () => (await server.call('GET', '/api/runs?flow=echo')).json.runs.length)
      .toBe(1)
    await query(server, 'CREATE TABLE kept (id integer)')
    await query(server, 'INSERT INTO kept VALUES (7)')

    expect(await backUp(server.directory, at('monday'))).toEqual({
      directory: at('monday'),
      hasKey: true,
    })
    await server.call('POST', '/api/flows', { body: echoFlow('later') })
    expect(readdirSync(folder)).toEqual(['monday'])
    expect(statSync(at('monday')).mode & 0o777).toBe(0o700)
    expect(statSync(join(at('monday'), 'secret.key')).mode & 0o777).toBe(0o600)

    await restore(at('monday'), at('data'))
    await server.restart({ MILLRACE_DATA_DIR: at('data') })
    expect((await server.call('GET', '/api/flows/echo')).status).toBe(200)
    expect((await server.call('GET', '/api/flows/later')).status).toBe(404)
    expect((await server.call('GET', '/api/runs?flow=echo')).json.runs).toHaveLength(1)
    const { json } = await server.call('GET', '/api/connections/kept')
    expect(json).toMatchObject({ locked: false, fields: { apiKey: { set: true } } })
    expect((await query(server, 'SELECT id FROM kept')).json.rows).toEqual([[7]])
  },
)

it('takes the place of nothing', async () => {
  await backUp(server.directory, at('monday'))
  await expect(backUp(server.directory, at('monday'))).rejects.toThrow('is there already')
  await expect(restore(at('monday'), server.directory)).rejects.toThrow('is not empty')
})

it('is refused for what holds no data, and for a back-up that is damaged', async () => {
  await expect(backUp(folder, at('monday'))).rejects.toThrow('holds no data of Millrace')
  await backUp(server.directory, at('monday'))
  writeFileSync(join(at('monday'), 'runs.db'), 'no database')
  await expect(restore(at('monday'), at('data'))).rejects.toThrow('is damaged')
  expect(existsSync(at('data'))).toBe(false)
})

it('copies files that are being written only as they were at one moment', async () => {
  const source = join(server.directory, 'files')
  mkdirSync(source)
  let count = 0
  const write = () => {
    count += 1
    for (const name of ['a', 'b']) writeFileSync(join(source, name), String(count))
  }
  write()
  const writing = setInterval(write, 1)
  const copying = copyQuiet(source, at('copy'))
  setTimeout(() => clearInterval(writing), 300)
  await copying
  const copied = ['a', 'b'].map((name) => readFileSync(join(at('copy'), name), 'utf8'))
  expect(copied[0]).toBe(copied[1])
})
