import type { Connection, Services } from '@millrace/engine'
import type { ConnectionTest } from '../connection-test.ts'
import type { SqlDatabase } from '../sql/database.ts'
import { failedTest } from '../sql/failed-test.server.ts'
import { openPostgres } from './open-postgres.server.ts'

/** So long somebody waits at a dialog, in seconds, whatever the connection takes for a run. */
const patienceSeconds = 20

/** Signs in, and says what answers there. */
export async function testPostgres(
  connection: Connection,
  services: Services,
): Promise<ConnectionTest> {
  const limit = Math.min(patienceSeconds, Number(connection.fields['connectTimeoutSeconds'] ?? 60))
  const hasty = { ...connection, fields: { ...connection.fields, connectTimeoutSeconds: limit } }
  try {
    // A pool of its own: what is tested may not be stored, and is not what runs use.
    const database = await openPostgres(hasty, services)
    try {
      return await testDatabase(database, connection)
    } finally {
      await database.close()
    }
  } catch (error) {
    return failedTest(error, connection)
  }
}

/** What a PostgreSQL tells about itself, for whoever tests a connection to it. */
const question = `
  SELECT current_setting('server_version'),
         (SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'vector'),
         (SELECT default_version FROM pg_catalog.pg_available_extensions WHERE name = 'vector'),
         (SELECT version FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl),
         current_database()`

/** Asks a database for its version and pgvector; throws a `FlowError` when it cannot. */
export async function testDatabase(
  database: SqlDatabase,
  { name }: Connection,
): Promise<ConnectionTest> {
  const start = performance.now()
  const { rows } = await database.withSession(
    { signal: new AbortController().signal, timeoutSeconds: patienceSeconds },
    (session) => session.run(question),
  )
  const latencyMs = Math.round(performance.now() - start)
  const [version, pgvector, available, tls, databaseName] = (rows[0] ?? []).map((value) =>
    typeof value === 'string' ? value : undefined,
  )
  const warning = pgvector === undefined ? pgvectorMissing(available) : undefined
  return {
    ok: true,
    message: `"${name}" works: PostgreSQL ${version} answered in ${latencyMs} ms.${warning === undefined ? '' : ` ${warning}`}`,
    details: {
      summary: 'It works',
      latencyMs,
      server: `PostgreSQL ${version}`,
      findings: [
        { label: 'Database', value: databaseName ?? '' },
        { label: 'pgvector', value: pgvector ?? 'not installed' },
        { label: 'TLS', value: tls ?? 'off' },
      ],
      ...(warning === undefined ? {} : { warning }),
    },
  }
}

function pgvectorMissing(available: string | undefined): string {
  return available === undefined
    ? 'Vectors cannot be stored or searched: the server does not have pgvector. Let its administrator install it.'
    : `Vectors cannot be stored or searched yet: run CREATE EXTENSION IF NOT EXISTS vector (${available} is available).`
}
