import { maxDepth } from '@millrace/flow'
import { mostKeptByDefault } from './flows/forgettable-revisions.ts'
import { readBasePath } from './http/base-path.ts'
import { readTrustedProxies } from './http/trusted-proxies.ts'
import type { ServerLimits } from './server-limits.ts'
import { StartError } from './start-error.ts'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export type LogLevel = (typeof logLevels)[number]

/** What an operator can choose, read once at the start. */
export interface Settings {
  /** 0 takes a free port. */
  readonly port: number
  readonly host: string
  /** What the operator signs in with; else whoever reaches the server is the operator. */
  readonly operatorPassword: string | undefined
  readonly dataDirectory: string
  /** Encrypts the secrets of connections; without one a key file in the data directory does. */
  readonly secretKey: string | undefined
  /** Outgoing addresses that runs may reach beyond the public ones; as the operator wrote them. */
  readonly allowHosts: string
  /** Packages and modules of nodes to load beside ours, as the operator wrote them. */
  readonly nodePackages: readonly string[]
  /** Names besides loopback's under which browsers reach this server, in lower case. */
  readonly publicHosts: readonly string[]
  /** Addresses and networks of proxies that are believed who their clients are. */
  readonly trustedProxies: readonly string[]
  /** Where on its host the server is, without a slash at its end; empty for all of it. */
  readonly basePath: string
  /** How long running runs may go on after the server was asked to stop. */
  readonly drainSeconds: number
  /** How many runs are kept at most, for how many days, in how large a file. */
  readonly keepRuns: number
  readonly keepDays: number
  readonly keepMegabytes: number
  /** How many revisions of a flow are kept at most, and how large they are together. */
  readonly keepRevisions: number
  readonly keepRevisionMegabytes: number
  /** What reads metrics besides an operator. */
  readonly metricsToken: string | undefined
  /** Where traces of runs are sent; nowhere when not given. */
  readonly tracesUrl: string | undefined
  readonly limits: ServerLimits
  readonly logLevel: LogLevel
}

/** The environment of a process, as far as the settings read it. */
export type Environment = Readonly<Record<string, string | undefined>>

interface Variable<T> {
  /** What an absent or empty variable counts as. */
  readonly default: string
  readonly help: string
  readonly read: (text: string) => T
}

const variables = {
  MILLRACE_PORT: {
    default: '4400',
    help: 'Port to listen on; 0 takes a free one.',
    read: (text: string) => readWhole(text, { name: 'MILLRACE_PORT', minimum: 0, maximum: 65_535 }),
  },
  MILLRACE_HOST: {
    default: '127.0.0.1',
    help: 'Address to listen on; one beyond loopback needs a password.',
    read: (text: string) => text,
  },
  MILLRACE_OPERATOR_PASSWORD: {
    default: '',
    help: 'What the operator signs in with, at least 12 characters.',
    read: readOperatorPassword,
  },
  MILLRACE_DATA_DIR: {
    default: './.millrace',
    help: 'Directory for flows, connections and runs.',
    read: (text: string) => text,
  },
  MILLRACE_SECRET_KEY: {
    default: '',
    help: 'Encrypts the secrets of connections, at least 16 characters; else a key file does.',
    read: (text: string) => readSecretKey(text, 'MILLRACE_SECRET_KEY'),
  },
  MILLRACE_ALLOW_HOSTS: {
    default: '',
    help: 'Private addresses that runs may reach: host, host:port or CIDR, with commas between.',
    read: (text: string) => text,
  },
  MILLRACE_PUBLIC_HOSTS: {
    default: '',
    help: 'Host names besides loopback under which browsers reach the server; they need a password.',
    read: readPublicHosts,
  },
  MILLRACE_TRUSTED_PROXIES: {
    default: '',
    help: 'Proxies that are believed whom they ask for: addresses or CIDR, with commas between.',
    read: readProxies,
  },
  MILLRACE_BASE_PATH: {
    default: '',
    help: 'Path of a host below which the server is reached, as in /millrace.',
    read: readBasePath,
  },
  MILLRACE_NODES: {
    default: '',
    help: 'Packages of nodes to load: names, or paths of modules, with commas between.',
    read: readNames,
  },
  MILLRACE_DRAIN_SECONDS: {
    default: '10',
    help: 'How long running runs may go on when the server stops.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_DRAIN_SECONDS', minimum: 0, maximum: 3600 }),
  },
  MILLRACE_KEEP_RUNS: {
    default: '10000',
    help: 'How many runs are kept; older ones are deleted. A flow may keep fewer of its own.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_KEEP_RUNS', minimum: 1, maximum: 10_000_000 }),
  },
  MILLRACE_KEEP_DAYS: {
    default: '30',
    help: 'How many days runs are kept.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_KEEP_DAYS', minimum: 1, maximum: 3650 }),
  },
  MILLRACE_KEEP_MEGABYTES: {
    default: '4096',
    help: 'How large the file of all runs may become; then the oldest are deleted.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_KEEP_MEGABYTES', minimum: 16, maximum: 10_000_000 }),
  },
  MILLRACE_KEEP_REVISIONS: {
    default: String(mostKeptByDefault.revisions),
    help: 'How many versions of a flow are kept; named and published ones stay beyond that.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_KEEP_REVISIONS', minimum: 2, maximum: 100_000 }),
  },
  MILLRACE_KEEP_REVISION_MEGABYTES: {
    default: String(mostKeptByDefault.bytes / 1024 / 1024),
    help: 'How large the versions of a flow may become together, likewise.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_KEEP_REVISION_MEGABYTES', minimum: 1, maximum: 10_000 }),
  },
  MILLRACE_MAX_RUNS: {
    default: '5000',
    help: 'How many runs go on at one time; one more is answered 429.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_RUNS', minimum: 1, maximum: 100_000 }),
  },
  MILLRACE_MAX_BACKGROUND_RUNS: {
    default: '1000',
    help: 'How many of them may be in the background.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_BACKGROUND_RUNS', minimum: 1, maximum: 100_000 }),
  },
  MILLRACE_MAX_SHORT_SECONDS: {
    default: '300',
    help: 'How long a run takes at most whose client waits for its result.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_SHORT_SECONDS', minimum: 1, maximum: 3600 }),
  },
  MILLRACE_MAX_BACKGROUND_SECONDS: {
    default: '28800',
    help: 'How long a run in the background takes at most.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_BACKGROUND_SECONDS', minimum: 1, maximum: 604_800 }),
  },
  MILLRACE_MAX_STEPS: {
    default: '50000',
    help: 'How many nodes a run starts and values it yields at most, together.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_STEPS', minimum: 100, maximum: 10_000_000 }),
  },
  MILLRACE_MAX_YIELDED_MEGABYTES: {
    default: '64',
    help: 'How much a run yields at most, in millions of characters of JSON.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_YIELDED_MEGABYTES', minimum: 1, maximum: 1024 }),
  },
  MILLRACE_MAX_RESULT_ROWS: {
    default: '10000',
    help: 'How many rows a node takes from a database; at least 2000, since it looks up columns too.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_RESULT_ROWS', minimum: 2000, maximum: 1_000_000 }),
  },
  MILLRACE_MAX_RESULT_MEGABYTES: {
    default: '8',
    help: 'How large they may be together; one row of PostgreSQL has 16 at most.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_RESULT_MEGABYTES', minimum: 1, maximum: 64 }),
  },
  MILLRACE_MAX_WAITING_FUNCTIONS: {
    default: '1000',
    help: 'How many functions of flows wait for a thread; one more fails.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_WAITING_FUNCTIONS', minimum: 1, maximum: 100_000 }),
  },
  MILLRACE_MAX_FOLLOWED_RUNS: {
    default: '100',
    help: 'How many runs one socket of /api/live follows at one time.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_FOLLOWED_RUNS', minimum: 1, maximum: 10_000 }),
  },
  MILLRACE_MAX_BODY_KILOBYTES: {
    default: '1024',
    help: 'How large the body of a request may be; where a flow is sent, the flow counts.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_BODY_KILOBYTES', minimum: 64, maximum: 16_384 }),
  },
  MILLRACE_MAX_FLOW_KILOBYTES: {
    default: '5120',
    help: 'How large the document of a flow may be.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_FLOW_KILOBYTES', minimum: 64, maximum: 16_384 }),
  },
  MILLRACE_MAX_JSON_DEPTH: {
    default: String(maxDepth),
    help: 'How deep JSON that is sent may nest; it can only be lowered, and then deeper flows cannot be saved again.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_JSON_DEPTH', minimum: 16, maximum: maxDepth }),
  },
  MILLRACE_MAX_SIGN_INS: {
    default: '10',
    help: 'How often a minute one address may try to sign in.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_SIGN_INS', minimum: 1, maximum: 1000 }),
  },
  MILLRACE_MAX_VISITORS: {
    default: '60',
    help: 'How many visitors of public chats a minute one address may bring.',
    read: (text: string) =>
      readWhole(text, { name: 'MILLRACE_MAX_VISITORS', minimum: 1, maximum: 100_000 }),
  },
  MILLRACE_METRICS_TOKEN: {
    default: '',
    help: 'Lets Prometheus read /metrics as a bearer token, at least 16 characters.',
    read: readMetricsToken,
  },
  MILLRACE_TRACES_URL: {
    default: '',
    help: 'Where traces of OpenTelemetry go, as in http://localhost:4318/v1/traces.',
    read: readTracesUrl,
  },
  MILLRACE_LOG_LEVEL: {
    default: 'info',
    help: `One of ${logLevels.join(', ')}.`,
    read: readLogLevel,
  },
} satisfies Record<string, Variable<unknown>>

/** Set by hand, these promise something that this version cannot keep. */
const notYet = {
  DATABASE_URL:
    'DATABASE_URL is set, but a PostgreSQL store does not exist yet. Unset it to use the data directory.',
  REDIS_URL:
    'REDIS_URL is set, but running on several machines does not exist yet. Unset it to run on one.',
}

/** Reads and checks the environment. Throws a `StartError` for the first thing that is wrong. */
export function readSettings(environment: Environment): Settings {
  for (const [name, message] of Object.entries(notYet)) {
    if (environment[name]) throw new StartError(message)
  }
  const read = <K extends keyof typeof variables>(name: K) => readVariable(environment, name)
  const [host, publicHosts] = [read('MILLRACE_HOST'), read('MILLRACE_PUBLIC_HOSTS')]
  const operatorPassword = read('MILLRACE_OPERATOR_PASSWORD')
  const trustedProxies = read('MILLRACE_TRUSTED_PROXIES')
  const bodyBytes = read('MILLRACE_MAX_BODY_KILOBYTES') * 1024
  const flowBytes = read('MILLRACE_MAX_FLOW_KILOBYTES') * 1024
  if (operatorPassword === undefined) expectOwnMachine({ host, publicHosts, trustedProxies })
  return {
    port: read('MILLRACE_PORT'),
    host,
    operatorPassword,
    dataDirectory: read('MILLRACE_DATA_DIR'),
    secretKey: read('MILLRACE_SECRET_KEY'),
    allowHosts: read('MILLRACE_ALLOW_HOSTS'),
    publicHosts,
    trustedProxies,
    basePath: read('MILLRACE_BASE_PATH'),
    nodePackages: read('MILLRACE_NODES'),
    drainSeconds: read('MILLRACE_DRAIN_SECONDS'),
    keepRuns: read('MILLRACE_KEEP_RUNS'),
    keepDays: read('MILLRACE_KEEP_DAYS'),
    keepMegabytes: read('MILLRACE_KEEP_MEGABYTES'),
    keepRevisions: read('MILLRACE_KEEP_REVISIONS'),
    keepRevisionMegabytes: read('MILLRACE_KEEP_REVISION_MEGABYTES'),
    metricsToken: read('MILLRACE_METRICS_TOKEN'),
    tracesUrl: read('MILLRACE_TRACES_URL'),
    limits: {
      runs: read('MILLRACE_MAX_RUNS'),
      backgroundRuns: read('MILLRACE_MAX_BACKGROUND_RUNS'),
      shortRunSeconds: read('MILLRACE_MAX_SHORT_SECONDS'),
      backgroundRunSeconds: read('MILLRACE_MAX_BACKGROUND_SECONDS'),
      steps: read('MILLRACE_MAX_STEPS'),
      yielded: read('MILLRACE_MAX_YIELDED_MEGABYTES') * 1024 * 1024,
      resultRows: read('MILLRACE_MAX_RESULT_ROWS'),
      resultBytes: read('MILLRACE_MAX_RESULT_MEGABYTES') * 1024 * 1024,
      waitingFunctions: read('MILLRACE_MAX_WAITING_FUNCTIONS'),
      followedRuns: read('MILLRACE_MAX_FOLLOWED_RUNS'),
      bodyBytes,
      flowBytes,
      frameBytes: bodyBytes + flowBytes,
      jsonDepth: read('MILLRACE_MAX_JSON_DEPTH'),
      signInsPerMinute: read('MILLRACE_MAX_SIGN_INS'),
      visitorsPerMinute: read('MILLRACE_MAX_VISITORS'),
    },
    logLevel: read('MILLRACE_LOG_LEVEL'),
  }
}

/** The data directory alone, for a command that needs nothing else. */
export function readDataDirectory(environment: Environment): string {
  return readVariable(environment, 'MILLRACE_DATA_DIR')
}

/** The packages of nodes alone, likewise. */
export function readNodePackages(environment: Environment): readonly string[] {
  return readVariable(environment, 'MILLRACE_NODES')
}

/** The keys that seal secrets, the one that is and the one that is to be, likewise. */
export function readKeys(
  environment: Environment,
): Readonly<Record<'secretKey' | 'newSecretKey', string | undefined>> {
  const newKey = environment['MILLRACE_NEW_SECRET_KEY']?.trim() ?? ''
  return {
    secretKey: readVariable(environment, 'MILLRACE_SECRET_KEY'),
    newSecretKey: readSecretKey(newKey, 'MILLRACE_NEW_SECRET_KEY'),
  }
}

function readVariable<K extends keyof typeof variables>(environment: Environment, name: K) {
  const variable: Variable<unknown> = variables[name]
  const value = variable.read(environment[name]?.trim() || variable.default)
  return value as ReturnType<(typeof variables)[K]['read']> // the row's own `read`
}

/** The settings as `--help` lists them. */
export function describeSettings(): string {
  return Object.entries(variables)
    .map(([name, row]) => {
      const text = row.default === '' ? row.help : `${row.help} Default: ${row.default}`
      return `  ${name.padEnd(34)}${text}`
    })
    .join('\n')
}

function readWhole(
  text: string,
  { name, minimum, maximum }: { name: string; minimum: number; maximum: number },
): number {
  const value = Number(text)
  if (/^[0-9]+$/.test(text) && value >= minimum && value <= maximum) return value
  throw new StartError(`${name} is "${text}". Give a whole number from ${minimum} to ${maximum}.`)
}

/** Whether an address is reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.[0-9]{1,3}){3}$/.test(host)
}

type Reach = Pick<Settings, 'host' | 'publicHosts' | 'trustedProxies'>

/**
 * Whether others than programs of this machine reach a server, by its address or through a proxy, whose
 * requests come from this machine whoever made them.
 */
export function isReachedByOthers({ host, publicHosts, trustedProxies }: Reach): boolean {
  return !isLoopback(host) || publicHosts.length > 0 || trustedProxies.length > 0
}

/** Throws a `StartError` where others reach a server that lets everybody design. */
function expectOwnMachine(reach: Reach): void {
  if (!isReachedByOthers(reach)) return
  throw new StartError(
    `${reasonOf(reach)} too. Set MILLRACE_OPERATOR_PASSWORD to at least 12 characters, or leave it out.`,
  )
}

function reasonOf({ host, publicHosts }: Reach): string {
  if (!isLoopback(host)) return `MILLRACE_HOST is "${host}", by which others reach the server`
  return publicHosts.length > 0
    ? `MILLRACE_PUBLIC_HOSTS holds "${publicHosts.join(', ')}", under which others reach the server`
    : 'MILLRACE_TRUSTED_PROXIES is set, through which others reach the server'
}

function readOperatorPassword(text: string): string | undefined {
  if (text === '') return undefined
  if (text.length >= 12) return text
  throw new StartError('MILLRACE_OPERATOR_PASSWORD is too short. Give at least 12 characters.')
}

function readSecretKey(text: string, name: string): string | undefined {
  if (text === '') return undefined
  if (text.length >= 16) return text
  throw new StartError(`${name} is too short. Give at least 16 random characters.`)
}

function readMetricsToken(text: string): string | undefined {
  if (text === '') return undefined
  if (/^\S{16,}$/.test(text)) return text
  throw new StartError(
    'MILLRACE_METRICS_TOKEN is too short, or has spaces. Give at least 16 random characters.',
  )
}

function readTracesUrl(text: string): string | undefined {
  if (text === '') return undefined
  const url = URL.parse(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href
  throw new StartError(
    `MILLRACE_TRACES_URL is "${text}". Give an address of OTLP over HTTP, such as http://localhost:4318/v1/traces.`,
  )
}

function readNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  return names.filter((name) => name !== '')
}

function readProxies(text: string): readonly string[] {
  const entries = readNames(text)
  readTrustedProxies(entries)
  return entries
}

function readPublicHosts(text: string): readonly string[] {
  const hosts = readNames(text.toLowerCase())
  const wrong = hosts.find((host) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host))
  if (wrong === undefined) return hosts
  throw new StartError(
    `MILLRACE_PUBLIC_HOSTS holds "${wrong}". Give host names without scheme and port, with commas between.`,
  )
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text)
  if (level !== undefined) return level
  throw new StartError(`MILLRACE_LOG_LEVEL is "${text}". Use one of ${logLevels.join(', ')}.`)
}
