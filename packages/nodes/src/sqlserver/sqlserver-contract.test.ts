import type { LoopbackOptions, TdsLoopback } from '@millrace/tds-loopback'
import { afterAll, describe } from 'vitest'
import { describeSql } from '../sql/testing/sql-contract.ts'
import { selfSigned } from '@millrace/tds-loopback/self-signed'
import { startSqlServer } from './testing/start-sqlserver.server.ts'
import { loopbackConnection, sqlServerUnderTest } from './testing/sqlserver-under-test.server.ts'

const loopbacks: TdsLoopback[] = []

afterAll(async () => {
  for (const loopback of loopbacks) await loopback[Symbol.asyncDispose]()
})

async function open(options: LoopbackOptions, fields: Readonly<Record<string, unknown>> = {}) {
  const loopback = await startSqlServer(options)
  loopbacks.push(loopback)
  return sqlServerUnderTest(loopbackConnection(loopback, fields))
}

describeSql('SQL Server, as the loopback plays it', () => open({}))
describeSql('SQL Server, as the loopback plays it, encrypted', () =>
  open({ tls: selfSigned }, { encrypt: true }),
)

// The connection string of a database for tests: tables "people" and "visits" are dropped in it.
const realServer = process.env['TEST_MSSQL_URL']
if (realServer === undefined) {
  console.warn('TEST_MSSQL_URL is not set: tests on a real SQL Server are left out.')
}

describe.skipIf(realServer === undefined)('on a real server', () => {
  describeSql('SQL Server', () =>
    Promise.resolve(
      sqlServerUnderTest({
        id: 'sqlserver',
        kind: 'sqlserver',
        name: 'Sales',
        fields: { connectionString: realServer },
      }),
    ),
  )
})
