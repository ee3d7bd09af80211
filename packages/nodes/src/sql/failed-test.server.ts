import type { Connection } from '@millrace/engine'
import { toFlowError, type FlowError } from '@millrace/flow'
import type { ConnectionTest } from '../connection-test.ts'
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

const summaries: Readonly<Record<string, string>> = {
  unknown_database: 'There is no such database',
  unknown_name: 'The name is not known',
  nothing_listens: 'Nothing listens there',
  no_password: 'It asks for a password',
  certificate: 'Its certificate is not trusted',
  no_tls: 'It does not encrypt connections',
  needs_tls: 'It takes encrypted connections only',
  firewall: 'Its firewall lets nobody in from here',
  entra: 'Entra did not sign it in',
  no_sqlserver: 'Something else answers there',
  in_use: 'Another process uses it',
  incomplete: 'It is not filled in',
  no_address: 'The connection string cannot be read',
}

function summaryOf({ code, details }: FlowError): string {
  const known = summaries[String(details?.['reason'])]
  if (known !== undefined) return known
  switch (code) {
    case 'address_refused':
      return 'This address is not allowed'
    case 'database_unauthorized':
      return 'The login was refused'
    case 'timeout':
      return 'It did not answer in time'
    case 'database_unavailable':
      return 'It cannot be reached'
    default:
      return 'It does not work'
  }
}
