import { errorOfShape, FlowError, type ErrorCode, type ErrorShape } from '@millrace/flow/events'

/** Where a server is and how to reach it. */
export interface ClientOptions {
  /** The address of the server, such as `https://flows.example.com`; with its base path, if any. */
  readonly baseUrl: string
  /** An API key with the policy `execute`; a server on this machine may need none. */
  readonly key?: string | undefined
  /** Where flows run, when the key leaves it open: production when not given. */
  readonly environment?: 'development' | 'test' | 'production' | undefined
  /** Another `fetch` than the platform's. */
  readonly fetch?: typeof fetch
  /**
   * For how long a run that goes on is asked for again when its connection is lost, in ms: the waits
   * between the attempts together, 60,000 when not given. What begins something waits for 10 s at most.
   */
  readonly patienceMs?: number
}

export interface RequestOptions {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly accept: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** How long the head of the answer may take, and again what is read of it at once, in ms. */
  readonly headMs: number
  readonly signal?: AbortSignal | undefined
}

/** How a request went. */
export type Attempt =
  | {
      readonly status: 'answered'
      readonly response: Response
      /** Lets go of the connection, whatever is still to come. */
      readonly giveUp: () => void
    }
  /** Another try would go the same way. */
  | { readonly status: 'refused'; readonly error: FlowError }
  /** Another try may go well: the server cannot be reached, is starting, or has too much to do. */
  | {
      readonly status: 'passing'
      readonly error: FlowError
      /** For how long the server asks to be left alone, in ms. */
      readonly retryAfterMs?: number
    }

/** What a server says for a while only. */
const passingCodes: ReadonlySet<ErrorCode> = new Set([
  'draining',
  'database_unavailable',
  'rate_limited',
])
/** What stands before a server says while it is away. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])

/** Sends a request once. Throws only the reason of its signal. */
export async function attempt(client: ClientOptions, options: RequestOptions): Promise<Attempt> {
  const { signal, headMs } = options
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), headMs)
  try {
    const signals = signal === undefined ? [limit.signal] : [signal, limit.signal]
    const response = await (client.fetch ?? fetch)(addressOf(client, options.path), {
      method: options.method,
      // A redirected POST may become a GET, and a key would go to another place.
      redirect: 'manual',
      headers: {
        accept: options.accept,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(client.key === undefined ? {} : { authorization: `Bearer ${client.key}` }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.any(signals),
    })
    if (!response.ok) return await notOk(client, response)
    return { status: 'answered', response, giveUp: () => limit.abort() }
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason
    return { status: 'passing', error: unreachable(client, cause) }
  } finally {
    clearTimeout(timer)
  }
}

async function notOk(client: ClientOptions, response: Response): Promise<Attempt> {
  const { status } = response
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return { status: 'refused', error: redirected(client, response) }
  }
  const body: unknown = await response.json().catch(() => undefined)
  const isOurs = typeof body === 'object' && body !== null && 'error' in body
  const error = isOurs ? errorOfShape(body.error) : notMillrace(`answered ${status}`)
  // The error of a run that began stays, whatever its code.
  const isOfRun = response.headers.has('x-run-id')
  const isPassing = isOurs
    ? passingCodes.has(error.code) && !saysNeverAgain(body.error)
    : passingStatuses.has(status)
  if (!isPassing || isOfRun) return { status: 'refused', error }
  const retryAfterMs = retryAfterOf(response)
  return {
    status: 'passing',
    error: errorOfShape({ ...error.toShape(), retryable: true }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** Whether a server says of an error that it stays: older ones say nothing of that. */
function saysNeverAgain(error: unknown): boolean {
  return (error as Partial<ErrorShape> | null)?.retryable === false // whatever was sent
}

/** `Retry-After` holds seconds, or a date. */
function retryAfterOf({ headers }: Response): number | undefined {
  const text = headers.get('retry-after')
  if (text === null) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

function addressOf({ baseUrl }: ClientOptions, path: string): string {
  return baseUrl.replace(/\/+$/, '') + path
}

/** No answer came, or none that could be read. */
export function unreachable({ baseUrl }: ClientOptions, cause: unknown): FlowError {
  return new FlowError(
    'provider_unreachable',
    `The server at ${baseUrl} cannot be reached. Check the base URL and the network.`,
    { retryable: true, cause },
  )
}

function redirected({ baseUrl }: ClientOptions, { headers }: Response): FlowError {
  const to = headers.get('location')
  return new FlowError(
    'internal',
    `The server at ${baseUrl} sends to another address${to === null ? '' : `, ${to}`}. Make that the base URL.`,
  )
}

/** What answered is something else: a proxy, a login page. */
export function notMillrace(what: string): FlowError {
  return new FlowError(
    'internal',
    `The server ${what}, and not as a Millrace server does. Check the base URL, and what stands between.`,
  )
}
