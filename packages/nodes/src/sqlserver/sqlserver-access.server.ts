import { revealed, type Connection, type Services } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import mssql from 'mssql'
import { connectMs, neededText, portOf } from '../sql/login-fields.server.ts'
import { nodeLimitsOf } from '../sql/node-limits.server.ts'
import { textField } from '../text-field.server.ts'
import { withoutSecrets } from '../without-secrets.server.ts'
import { connectChecked, type DialTarget } from './connect-checked.server.ts'
import { createEntraCredential } from './entra-credential.server.ts'
import { LoginErrors } from './login-errors.server.ts'
import type { SqlServerSubject } from './lost-session.ts'

/** So many sessions a connection has at most. */
const maxSessions = 10
const usualPort = 1433
/** How long the driver waits longer than a connection may take, so that its own error comes first. */
const graceMs = 1000
/** How long a cancelled statement may take to end before its session is thrown away. */
const givingWayMs = 3000

/**
 * The server cuts off longer values, in bytes: of one, more than a result may have is left in whatever
 * encoding, so that it fails, and none fills the memory.
 */
function longestValue(services: Services): number {
  return 3 * nodeLimitsOf(services).bytes + 1024
}

/** How a server is reached, and what is known of it for messages. */
export interface SqlServerAccess {
  readonly subject: SqlServerSubject
  readonly config: mssql.config
  readonly loginErrors: LoginErrors
}

/** Where a server is and who signs in, however the connection says it. */
interface Login {
  readonly host: string
  readonly port: number
  readonly database: string | undefined
  readonly identity: Identity
  readonly encrypt: boolean
  readonly trustServerCertificate: boolean
  readonly readOnly: boolean
}

type Identity =
  | { readonly kind: 'login'; readonly user: string; readonly password: string }
  | {
      readonly kind: 'principal'
      readonly tenantId: string
      readonly clientId: string
      readonly clientSecret: string
    }

/** How the server of a connection of kind `sqlserver` is reached, with nothing from the environment. */
export function sqlServerAccess(connection: Connection, services: Services): SqlServerAccess {
  const { name } = connection
  const connectionString = textField(connection, 'connectionString')
  const login =
    connectionString === undefined
      ? loginOfFields(connection)
      : loginOfString(connectionString, connection)
  const { host, port } = login
  const longestMs = connectMs(connection)
  const loginErrors = new LoginErrors()
  const waitMs = longestMs + graceMs
  return {
    subject: {
      name,
      address: `${host}:${port}`,
      withoutSecrets: (words) => withoutSecrets(words, connection),
    },
    loginErrors,
    config: {
      server: host,
      port,
      ...(login.database === undefined ? {} : { database: login.database }),
      ...authenticationOf(login.identity, connection, services),
      connectionTimeout: longestMs,
      // Statements have a clock of their own.
      requestTimeout: 0,
      arrayRowMode: true,
      validateConnection: 'socket',
      pool: { max: maxSessions, acquireTimeoutMillis: waitMs, createTimeoutMillis: waitMs },
      beforeConnect: (session) => loginErrors.listenTo(session),
      options: {
        appName: 'Millrace',
        encrypt: login.encrypt,
        trustServerCertificate: login.trustServerCertificate,
        readOnlyIntent: login.readOnly,
        lowerCaseGuids: true,
        cancelTimeout: givingWayMs,
        useUTC: true,
        textsize: longestValue(services),
        // The driver hands over where a server sends it on to, which its type does not say.
        connector: (target: DialTarget = { host, port }, _lookup?: unknown, signal?: AbortSignal) =>
          connectChecked(target, services.mayConnect, signal),
      },
    },
  }
}

function authenticationOf(
  identity: Identity,
  connection: Connection,
  services: Services,
): Pick<mssql.config, 'user' | 'password' | 'authentication'> {
  if (identity.kind === 'login') return { user: identity.user, password: identity.password }
  const credential = createEntraCredential(identity, connection, services)
  return { authentication: { type: 'token-credential', options: { credential } } }
}

function loginOfFields(connection: Connection): Login {
  const { fields } = connection
  const secret = (key: string) => {
    const value = revealed(fields[key])
    // Blanks may belong to it.
    return typeof value === 'string' ? value : ''
  }
  const tenantId = textField(connection, 'tenantId')
  return {
    host: neededText(connection, 'host', 'host'),
    port: portOf(fields['port'], usualPort, connection),
    database: textField(connection, 'database'),
    identity:
      tenantId === undefined
        ? { kind: 'login', user: textField(connection, 'user') ?? '', password: secret('password') }
        : {
            kind: 'principal',
            tenantId,
            clientId: textField(connection, 'clientId') ?? '',
            clientSecret: secret('clientSecret'),
          },
    encrypt: fields['encrypt'] !== false,
    trustServerCertificate: fields['trustServerCertificate'] === true,
    readOnly: false,
  }
}

/** Throws `database_unavailable` for a text that is no connection string; it is never quoted. */
function loginOfString(text: string, connection: Connection): Login {
  const unfit = (what: string, remedy: string) =>
    new FlowError(
      'database_unavailable',
      `The connection string of "${connection.name}" ${what}. ${remedy}`,
      { property: 'connection', details: { reason: 'no_address' } },
    )
  const parsed = parseConnectionString(text)
  if (parsed?.server === undefined || parsed.server === '') {
    throw unfit('cannot be read, or names no server', `Write it like ${example}.`)
  }
  if (parsed.options.instanceName !== undefined) {
    throw unfit(
      'names an instance, which would have to be asked for over UDP',
      'Give its port instead: Server=host,1433.',
    )
  }
  const identity = identityOf(parsed)
  if (identity === undefined) {
    throw unfit(
      'has no way to sign in that Millrace takes',
      `Write User Id and Password, or for an Entra service principal Authentication=Active Directory Integrated with Client Id, Client Secret and Tenant Id.`,
    )
  }
  // What else a connection string may say is not for a designer to set.
  return {
    host: parsed.server,
    port: portOf(parsed.port, usualPort, connection),
    database: parsed.database,
    identity,
    encrypt: parsed.options.encrypt !== false,
    trustServerCertificate: parsed.options.trustServerCertificate === true,
    readOnly: parsed.options.readOnlyIntent === true,
  }
}

const example = 'Server=host,1433;Database=sales;User Id=…;Password=…'

/** What the driver's own parser gives, beyond what its type says. */
type ParsedConnectionString = ReturnType<typeof mssql.ConnectionPool.parseConnectionString> & {
  readonly authentication_type?: string | undefined
  readonly tenantId?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
}

function parseConnectionString(text: string): ParsedConnectionString | undefined {
  try {
    return mssql.ConnectionPool.parseConnectionString(text)
  } catch {
    return undefined
  }
}

/** Who signs in; other ways would take an identity of the machine that Millrace runs on. */
function identityOf(parsed: ParsedConnectionString): Identity | undefined {
  const { authentication_type: type = 'default', user, password = '', domain } = parsed
  if (type === 'default' && user !== undefined && domain === undefined) {
    return { kind: 'login', user, password }
  }
  const { tenantId, clientId, clientSecret } = parsed
  const isPrincipal = type === 'azure-active-directory-service-principal-secret'
  if (!isPrincipal || tenantId === undefined || clientId === undefined) return undefined
  return { kind: 'principal', tenantId, clientId, clientSecret: clientSecret ?? '' }
}
