import type { Connection } from '@millrace/engine'
import { toFlowError } from '@millrace/flow'
import type { ConnectionTest } from '../connection-test.ts'
import { testSummaries } from '../test-summaries.ts'
import { withoutSecrets } from '../without-secrets.server.ts'

/** What came of testing a connection to a database that did not work. */
export function failedTest(thrown: unknown, connection: Connection): ConnectionTest {
  const error = toFlowError(thrown)
  return {
    ok: false,
    message: withoutSecrets(error.message, connection),
    details: { summary: summaryOf(error), code: error.code },
  }
}

const summaryOf = testSummaries({
  reasons: {
    unknown_database: 'There is no such database',
    no_password: 'It asks for a password',
    no_tls: 'It does not encrypt connections',
    needs_tls: 'It takes encrypted connections only',
    firewall: 'Its firewall lets nobody in from here',
    entra: 'Entra did not sign it in',
    no_sqlserver: 'Something else answers there',
    in_use: 'Another process uses it',
    incomplete: 'It is not filled in',
    no_address: 'The connection string cannot be read',
  },
  codes: {
    database_unauthorized: 'The login was refused',
    database_unavailable: 'It cannot be reached',
  },
})
