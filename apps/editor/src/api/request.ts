import { ApiError, offlineError, readApiError } from './api-error.ts'
import { basePath } from './base-path.ts'
import { reportConnectivity } from './connectivity.ts'
import { reportSignedOut } from './session-state.ts'

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  /** The revision that the change starts from. */
  readonly ifMatch?: string | undefined
  readonly signal?: AbortSignal
  /** How long to wait for the answer; 20 seconds when not given. */
  readonly timeoutMs?: number
}

export interface Answer {
  /** The parsed body; `undefined` for 204. */
  readonly body: unknown
  /** The revision in its `ETag`, without the quotes. */
  readonly revision: string | undefined
}

/** Calls the server's API under `/api`. Every failure is an `ApiError`, apart from an abort. */
export async function request(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(path, options)
  const body: unknown = response.status === 204 ? undefined : await readJson(response)
  if (!response.ok) {
    const error = readApiError(response.status, body)
    reportConnectivity(error.code !== 'offline')
    if (error.code === 'unauthorized') reportSignedOut(true)
    throw error
  }
  reportConnectivity(true)
  return { body, revision: readRevision(response.headers.get('etag')) }
}

export interface StreamOptions {
  /** The content type that is wanted. */
  readonly accept: string
  readonly signal: AbortSignal
}

/** Opens an answer that comes piece by piece, for as long as it takes. Fails like `request`. */
export async function openStream(
  path: string,
  { accept, signal }: StreamOptions,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await send(path, { accept, signal, timeoutMs: Infinity })
  if (!response.ok) throw readApiError(response.status, await readJson(response))
  return response.body ?? new ReadableStream()
}

async function send(
  path: string,
  options: RequestOptions & { readonly accept?: string },
): Promise<Response> {
  const { signal, timeoutMs = 20_000 } = options
  const limits = [
    ...(signal === undefined ? [] : [signal]),
    ...(timeoutMs === Infinity ? [] : [AbortSignal.timeout(timeoutMs)]),
  ]
  try {
    return await fetch(`${basePath}/api${path}`, {
      method: options.method ?? 'GET',
      headers: {
        accept: options.accept ?? 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.ifMatch === undefined ? {} : { 'if-match': `"${options.ifMatch}"` }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.any(limits),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    reportConnectivity(false)
    throw offlineError(cause)
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!response.ok) return undefined
    throw new ApiError(
      'unreadable',
      `${response.url} does not answer as a Millrace server. Look at what stands between this page and the server.`,
      { cause },
    )
  }
}

function readRevision(etag: string | null): string | undefined {
  return etag?.match(/"(.*)"/)?.[1]
}
