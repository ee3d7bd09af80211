import { startTdsLoopback, type LoopbackOptions, type TdsLoopback } from '@millrace/tds-loopback'
import { afterAll } from 'vitest'
import { describeSql } from '../sql/testing/sql-contract.ts'
import { selfSigned } from '../testing/self-signed.ts'
import { loopbackConnection, sqlServerUnderTest } from './testing/sqlserver-under-test.server.ts'

const loopbacks: TdsLoopback[] = []

afterAll(async () => {
  for (const loopback of loopbacks) await loopback[Symbol.asyncDispose]()
})

async function open(options: LoopbackOptions, fields: Readonly<Record<string, unknown>> = {}) {
  const loopback = await startTdsLoopback(options)
  loopbacks.push(loopback)
  return sqlServerUnderTest(loopbackConnection(loopback, fields))
}

describeSql('SQL Server, as the loopback plays it', () => open({}))
describeSql('SQL Server, as the loopback plays it, encrypted', () =>
  open({ tls: selfSigned }, { encrypt: true }),
)

const realServer = process.env['TEST_MSSQL_URL']
if (realServer === undefined) {
  console.warn(
    'A real SQL Server was not asked: TEST_MSSQL_URL is not set. It takes a connection string: Server=host,1433;Database=…;User Id=…;Password=…',
  )
} else {
  describeSql('SQL Server, a real one', () =>
    Promise.resolve(
      sqlServerUnderTest({
        id: 'sqlserver',
        kind: 'sqlserver',
        name: 'Sales',
        fields: { connectionString: realServer },
      }),
    ),
  )
}
