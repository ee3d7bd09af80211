import type { Connection, Services } from '@millrace/engine'
import type { ConnectionTest } from '../connection-test.ts'
import { failedTest } from '../sql/failed-test.server.ts'
import { textField } from '../text-field.server.ts'
import { openSqlServer } from './open-sqlserver.server.ts'

/** So long somebody waits at a dialog, in seconds, whatever the connection takes for a run. */
const patienceSeconds = 20

/** Signs in, and says what answers there. */
export async function testSqlServer(
  connection: Connection,
  services: Services,
): Promise<ConnectionTest> {
  const limit = Math.min(patienceSeconds, Number(connection.fields['connectTimeoutSeconds'] ?? 60))
  const hasty = { ...connection, fields: { ...connection.fields, connectTimeoutSeconds: limit } }
  try {
    // A pool of its own: what is tested may not be stored, and is not what runs use.
    const database = await openSqlServer(hasty, services)
    try {
      const options = { signal: new AbortController().signal, timeoutSeconds: patienceSeconds }
      return await database.withSession(options, async (session) => {
        const start = performance.now()
        const { rows } = await session.run(question)
        return works(connection, rows[0] ?? [], Math.round(performance.now() - start))
      })
    } finally {
      await database.close()
    }
  } catch (error) {
    return failedTest(error, connection)
  }
}

/** What every login may ask. */
const question = `
  SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)),
         CAST(SERVERPROPERTY('Edition') AS nvarchar(128)),
         CAST(SERVERPROPERTY('EngineEdition') AS int),
         DB_NAME()`

function works(
  connection: Connection,
  [version, edition, engine, databaseName]: readonly unknown[],
  latencyMs: number,
): ConnectionTest {
  const server = productName(String(version), Number(engine))
  const warning = encrypts(connection)
    ? undefined
    : 'The connection is not encrypted: who listens on the way can read the password and all data.'
  return {
    ok: true,
    message: `"${connection.name}" works: ${server} answered in ${latencyMs} ms.${warning === undefined ? '' : ` ${warning}`}`,
    details: {
      summary: 'It works',
      latencyMs,
      server,
      findings: [
        { label: 'Database', value: String(databaseName) },
        { label: 'Version', value: String(version) },
        { label: 'Edition', value: String(edition) },
        { label: 'Encrypted', value: warning === undefined ? 'yes' : 'no' },
      ],
      ...(warning === undefined ? {} : { warning }),
    },
  }
}

/** The driver refuses a server that does not encrypt where that is asked for, so asking is enough. */
function encrypts(connection: Connection): boolean {
  const connectionString = textField(connection, 'connectionString')
  return connectionString === undefined
    ? connection.fields['encrypt'] !== false
    : !/(?:^|;)\s*encrypt\s*=\s*(?:false|no|optional)\s*(?:;|$)/i.test(connectionString)
}

const yearByVersion: Readonly<Record<string, string>> = {
  '11': '2012',
  '12': '2014',
  '13': '2016',
  '14': '2017',
  '15': '2019',
  '16': '2022',
  '17': '2025',
}

/** The services of Azure all call themselves version 12. */
const azureByEngine: Readonly<Record<number, string>> = {
  5: 'Azure SQL Database',
  6: 'Azure Synapse',
  8: 'Azure SQL Managed Instance',
}

function productName(version: string, engine: number): string {
  const year = yearByVersion[version.split('.')[0] ?? '']
  return azureByEngine[engine] ?? (year === undefined ? 'SQL Server' : `SQL Server ${year}`)
}
