import type { Connection, Services } from '@millrace/engine'
import type { ConnectionTest } from '../../connection-test.ts'
import { openDatabase } from '../../sql/open-database.server.ts'
import { failedTest } from '../../sql/failed-test.server.ts'
import { testDatabase } from '../test-postgres.server.ts'

/** Starts the embedded database if it does not run yet, and says what answers there. */
export async function testEmbeddedPostgres(
  connection: Connection,
  services: Services,
): Promise<ConnectionTest> {
  try {
    // Through the pool of the runs: there is one session, which waits for nobody's idle one.
    const database = await openDatabase(connection, services)
    const { details, ...test } = await testDatabase(database, connection)
    // No network lies between, so there is nothing to encrypt.
    const findings = details.findings?.filter(({ label }) => label !== 'TLS')
    return { ...test, details: findings === undefined ? details : { ...details, findings } }
  } catch (error) {
    return failedTest(error, connection)
  }
}
