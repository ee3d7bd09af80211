import { FlowError, statusByCode, type ErrorCode, type ErrorShape } from '@millrace/flow/events'

/** Where a server is and how to reach it. */
export interface ClientOptions {
  /** The address of the server, such as `https://flows.example.com`; with its base path, if any. */
  readonly baseUrl: string
  /** An API key with the policy `execute`; a server on this machine may need none. */
  readonly key?: string
  /** Another `fetch` than the platform's. */
  readonly fetch?: typeof fetch
}

export interface RequestOptions {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly accept: string
  readonly body?: unknown
  readonly lastEventId?: number
  readonly signal?: AbortSignal | undefined
}

/** What a server that is starting or stopping says. */
const passingCodes: ReadonlySet<ErrorCode> = new Set(['draining', 'database_unavailable'])
/** What stands before such a server says; of the server's own errors some have the same statuses. */
const passingStatuses: ReadonlySet<number> = new Set([502, 503, 504])

/**
 * Sends a request; throws a `FlowError` when the server refuses it, `retryable` when that will pass,
 * and the error of `fetch` when it cannot be reached.
 */
export async function send(client: ClientOptions, options: RequestOptions): Promise<Response> {
  const doFetch = client.fetch ?? fetch
  const response = await doFetch(client.baseUrl.replace(/\/+$/, '') + options.path, {
    method: options.method,
    headers: {
      accept: options.accept,
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(client.key === undefined ? {} : { authorization: `Bearer ${client.key}` }),
      ...(options.lastEventId === undefined
        ? {}
        : { 'last-event-id': String(options.lastEventId) }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  if (!response.ok) throw await refusal(response)
  return response
}

async function refusal(response: Response): Promise<FlowError> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const error = errorOf(body.error)
    return passingCodes.has(error.code) ? errorOf({ ...error.toShape(), retryable: true }) : error
  }
  return new FlowError(
    'internal',
    `The server answered ${response.status}, and not as a Millrace server does. Check the base URL.`,
    { retryable: passingStatuses.has(response.status) },
  )
}

/** The error that a server sent, as one of ours. */
export function errorOf(shape: unknown): FlowError {
  const { code, message, retryable, ...rest } = (shape ?? {}) as Partial<ErrorShape> // checked below
  const known: ErrorCode =
    typeof code === 'string' && Object.hasOwn(statusByCode, code) ? code : 'internal'
  return new FlowError(known, typeof message === 'string' ? message : 'The run failed.', {
    ...rest,
    retryable: retryable === true,
  })
}
