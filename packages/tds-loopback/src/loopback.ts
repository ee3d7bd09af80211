import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import { Client, type Route } from './client.ts'
import type { Login } from './protocol/login.ts'
import type { Parameter } from './protocol/parameters.ts'
import type { Certificate } from './protocol/tls-in-packets.ts'
import type { SqlServerError } from './protocol/tokens.ts'
import { Session } from './session.ts'
import { SqlServerFault } from './sql-server-fault.ts'
import { Store } from './store.ts'

export interface LoopbackOptions {
  /** What it keeps its tables in; an own one in memory when not given, which takes seconds to open. */
  readonly database?: PGlite
  /** Passwords by user; `sa` with `Str0ng!Password` when not given. */
  readonly logins?: Readonly<Record<string, string>>
  /** Tokens of Entra that it takes instead of a password; none when not given. */
  readonly tokens?: readonly string[]
  /** The databases that a login may ask for; `chat` when not given. */
  readonly databases?: readonly string[]
  /** Where it sends clients on to once they logged in, as a gateway of Azure does. */
  readonly route?: Route
  /** Makes it encrypt; without, it says that it cannot. */
  readonly tls?: Certificate
}

/** What the next statement meets instead of being done. */
export type Fault =
  | { readonly kind: 'error'; readonly error: SqlServerError }
  /** No answer comes until the client cancels. */
  | { readonly kind: 'stall' }
  /** The connection breaks. */
  | { readonly kind: 'drop' }

export interface ReceivedStatement {
  readonly text: string
  readonly parameters: readonly Parameter[]
}

/** A SQL Server for tests, on a loopback address, and the ways to break it. */
export interface TdsLoopback extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** Every statement that it got, in order; its text is as the client sent it. */
  readonly statements: readonly ReceivedStatement[]
  /** How many requests clients have cancelled. */
  readonly attentions: number
  /** How many clients are connected. */
  readonly clients: number
  /** Lets the next statement meet a fault; called again, the one after it. */
  failNext(fault: Fault): void
  /** Answers every login with this error, until it is called without one. */
  refuseLogins(error: SqlServerError | undefined): void
  /** Breaks all connections. */
  disconnectAll(): void
  /** Breaks all connections and listens no more; what it has stored stays. */
  stop(): Promise<void>
  /** Listens again, on the same port. */
  start(): Promise<void>
}

const host = '127.0.0.1'

/** Starts one on a free port. */
export async function startTdsLoopback(options: LoopbackOptions = {}): Promise<TdsLoopback> {
  const database = options.database ?? (await PGlite.create())
  const [name = 'chat'] = options.databases ?? []
  const loopback = new Loopback(await Store.open(database, name), options)
  await loopback.start()
  return Object.assign(loopback, {
    async [Symbol.asyncDispose]() {
      await loopback.stop()
      if (options.database === undefined) await database.close()
    },
  })
}

class Loopback implements Omit<TdsLoopback, typeof Symbol.asyncDispose> {
  readonly host = host
  readonly statements: ReceivedStatement[] = []
  attentions = 0
  readonly #store: Store
  readonly #options: LoopbackOptions
  readonly #clients = new Set<Client>()
  readonly #faults: Fault[] = []
  #server: Server | undefined
  #port = 0
  #sessions = 0
  #loginError: SqlServerError | undefined

  constructor(store: Store, options: LoopbackOptions) {
    this.#store = store
    this.#options = options
  }

  get port(): number {
    return this.#port
  }

  get clients(): number {
    return this.#clients.size
  }

  failNext(fault: Fault): void {
    this.#faults.push(fault)
  }

  refuseLogins(error: SqlServerError | undefined): void {
    this.#loginError = error
  }

  disconnectAll(): void {
    for (const client of this.#clients) client.destroy()
  }

  async start(): Promise<void> {
    const server = createServer((socket) => {
      const client: Client = new Client(socket, {
        tls: this.#options.tls,
        route: this.#options.route,
        refuse: (login, token) => this.#refusal(login, token),
        openSession: () => this.#openSession(() => client.destroy()),
        onAttention: () => {
          this.attentions += 1
        },
      })
      this.#clients.add(client)
      socket.on('close', () => this.#clients.delete(client))
    })
    server.listen(this.#port, host)
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port // a TCP server's address is never a text
    this.#server = server
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    server.close()
    this.disconnectAll()
    await once(server, 'close')
  }

  #refusal({ user, password, database }: Login, token?: string): SqlServerError | undefined {
    if (this.#loginError !== undefined) return this.#loginError
    const { logins = { sa: 'Str0ng!Password' }, tokens = [], databases = ['chat'] } = this.#options
    const isKnown =
      token === undefined
        ? Object.hasOwn(logins, user) && logins[user] === password
        : tokens.includes(token)
    if (!isKnown) {
      const who = token === undefined ? user : '<token-identified principal>'
      return { number: 18_456, severity: 14, message: `Login failed for user '${who}'.` }
    }
    if (database === '' || databases.includes(database)) return undefined
    const message = `Cannot open database "${database}" requested by the login. The login failed.`
    return { number: 4060, severity: 11, message }
  }

  #openSession(drop: () => void): Session {
    this.#sessions += 1
    return new Session(this.#sessions, this.#store, async (statement, signal) => {
      this.statements.push(statement)
      await meet(this.#faults.shift(), signal, drop)
    })
  }
}

async function meet(fault: Fault | undefined, signal: AbortSignal, drop: () => void) {
  switch (fault?.kind) {
    case undefined:
      return
    case 'error':
      throw new SqlServerFault(fault.error)
    case 'drop':
      drop()
      break
    case 'stall':
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
  }
  signal.throwIfAborted()
}
