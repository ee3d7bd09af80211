import { fakeServices } from '@millrace/engine/testing'
import type { TdsLoopback } from '@millrace/tds-loopback'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectionKinds } from '../connection-kinds.server.ts'
import { startSqlServer } from './testing/start-sqlserver.server.ts'
import { loopbackConnection } from './testing/sqlserver-under-test.server.ts'

let loopback: TdsLoopback

beforeAll(async () => {
  loopback = await startSqlServer()
}, 30_000)

afterAll(() => loopback[Symbol.asyncDispose]())

async function test(fields: Readonly<Record<string, unknown>> = {}) {
  return await connectionKinds
    .get('sqlserver')
    ?.test(loopbackConnection(loopback, fields), fakeServices())
}

it('tells what answers, how fast, and that nothing is encrypted', async () => {
  expect(await test()).toEqual({
    ok: true,
    message: expect.stringMatching(/^"Sales" works: SQL Server 2022 answered in \d+ ms\. The conn/),
    details: {
      summary: 'It works',
      latencyMs: expect.any(Number),
      server: 'SQL Server 2022',
      findings: [
        { label: 'Database', value: 'chat' },
        { label: 'Version', value: '16.0.4135.4' },
        { label: 'Edition', value: 'Loopback Edition (not SQL Server)' },
        { label: 'Encrypted', value: 'no' },
      ],
      warning: expect.stringContaining('not encrypted'),
    },
  })
})

it.each([
  ['The login was refused', { password: 'wr0ng' }],
  ['There is no such database', { database: 'nope' }],
  ['It does not encrypt connections', { encrypt: true }],
  ['It cannot be reached', { port: 1 }],
  ['The connection string cannot be read', { connectionString: 'none' }],
])(
  'says %s',
  async (summary, fields) => {
    const result = await test(fields)
    expect(result).toMatchObject({ ok: false, details: { summary } })
    expect(JSON.stringify(result)).not.toContain('wr0ng')
  },
  15_000,
)

it('leaves no session behind', async () => {
  await test()
  while (loopback.clients > 0) await new Promise((resolve) => setImmediate(resolve))
  expect(loopback.clients).toBe(0)
})
