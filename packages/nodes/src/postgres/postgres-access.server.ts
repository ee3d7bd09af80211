import type { Duplex } from 'node:stream'
import { revealed, type Connection, type Services } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import pg from 'pg'
import { parse } from 'pg-connection-string'
import { CheckedSocket } from '../network/checked-socket.server.ts'
import { connectMs, neededText, portOf } from '../sql/login-fields.server.ts'
import { textField } from '../text-field.server.ts'
import { withoutSecrets } from '../without-secrets.server.ts'
import { MessageCheck } from './message-check.ts'
import type { PostgresAccess } from './postgres-database.server.ts'

/** So many sessions a connection has at most; a server lets in a hundred of all its users. */
const maxSessions = 10
const usualPort = 5432
/** How long a server may take to cancel something, in milliseconds. */
const cancelMs = 5000

/** Where a server is and who signs in, however the connection says it. */
interface Login {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly tls: Tls
}

type Tls = 'off' | 'require' | 'verify'

/** How the server of a connection of kind `postgres` is reached, with nothing from the environment. */
export function postgresAccess(
  connection: Connection,
  services: Pick<Services, 'mayConnect'>,
): PostgresAccess {
  const { name } = connection
  const connectionString = textField(connection, 'connectionString')
  const login =
    connectionString === undefined
      ? loginOfFields(connection)
      : loginOfString(connectionString, connection)
  const config: pg.PoolConfig = {
    Client: IsolatedClient,
    host: login.host,
    port: login.port,
    database: login.database,
    user: login.user,
    // As text, an empty one would be looked for in the environment and in a file of passwords.
    password: () => login.password,
    ssl: login.tls === 'off' ? false : { rejectUnauthorized: login.tls === 'verify' },
    sslnegotiation: 'postgres',
    application_name: 'Millrace',
    client_encoding: 'UTF8',
    connectionTimeoutMillis: connectMs(connection),
    keepAlive: true,
    stream: () => new CheckedSocket(services.mayConnect),
  }
  return {
    name,
    config,
    maxSessions,
    withoutSecrets: (words) => withoutSecrets(words, connection),
    cancel: ({ processId }) => cancelBackend(config, processId),
  }
}

/** The parts of the driver's client that its types do not show. */
interface ClientParts {
  readonly connectionParameters: object
  readonly connection: { attachListeners(stream: Duplex): void }
}

/** A client that takes nothing from the environment, and that no server can bring down. */
class IsolatedClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    // The driver's version is pinned, and the tests of connecting go through both.
    const { connectionParameters, connection } = this as unknown as ClientParts
    // The start of a session reads them from here.
    Object.assign(connectionParameters, { options: undefined, replication: undefined })
    const attach = connection.attachListeners.bind(connection)
    connection.attachListeners = (stream) => {
      attach(stream)
      endWhenUnreadable(stream)
    }
  }
}

/** The driver throws for bytes that are no message, from where nobody could catch it, or never ends. */
function endWhenUnreadable(stream: Duplex): void {
  const check = new MessageCheck()
  const emit = stream.emit.bind(stream)
  stream.emit = (event: string | symbol, ...values: unknown[]) => {
    try {
      if (event === 'data') check.take(values[0] as Buffer) // no encoding is set
      return emit(event, ...values)
    } catch (error) {
      if (event !== 'data') throw error
      stream.destroy(toError(error))
      return true
    }
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** On a session of its own, since the one that is meant is busy. */
async function cancelBackend(config: pg.ClientConfig, processId: number): Promise<void> {
  const client = new IsolatedClient({ ...config, query_timeout: cancelMs })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT pg_cancel_backend($1)', [processId])
  } finally {
    await client.end()
  }
}

function loginOfFields(connection: Connection): Login {
  const { fields } = connection
  const password = revealed(fields['password'])
  const tls = fields['tls']
  return {
    host: neededText(connection, 'host', 'host'),
    port: portOf(fields['port'], usualPort, connection),
    database: neededText(connection, 'database', 'database'),
    user: neededText(connection, 'user', 'user'),
    // Blanks may belong to it.
    password: typeof password === 'string' ? password : '',
    tls: tls === 'off' || tls === 'require' ? tls : 'verify',
  }
}

/** Throws `database_unavailable` for a text that is no connection string; it is never quoted. */
function loginOfString(text: string, connection: Connection): Login {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const unfit = (what: string) =>
    new FlowError(
      'database_unavailable',
      `The connection string of "${connection.name}" ${what}. Write it like postgres://user:password@host:5432/database?sslmode=require.`,
      { property: 'connection', details: { reason: 'no_address' } },
    )
  if (url === undefined || !/^postgres(?:ql)?:$/.test(url.protocol)) throw unfit('cannot be read')
  const sslMode = url.searchParams.get('sslmode')
  const tls = sslMode === null ? 'verify' : sslModes[sslMode]
  if (tls === undefined) {
    throw unfit(`has an sslmode that is none of ${Object.keys(sslModes).join(', ')}`)
  }
  // The names of files would be read on this machine, and the rest is not for a designer to set.
  url.search = ''
  const { host, port, database, user, password } = parse(url.href)
  if (!host) throw unfit('has no host')
  if (!user) throw unfit('has no user')
  return {
    host,
    port: portOf(port || undefined, usualPort, connection),
    database: database ?? user,
    user,
    password: password ?? '',
    tls,
  }
}

/** What each mode asks of a server; whoever says nothing gets what is safe. */
const sslModes: Readonly<Record<string, Tls>> = {
  disable: 'off',
  require: 'require',
  'no-verify': 'require',
  'verify-ca': 'verify',
  'verify-full': 'verify',
}
