import { FlowError, isRecord, type ErrorShape } from '@millrace/flow'
import { UsageError } from './exit-code.ts'

/** The address of a server from the command line; throws a `UsageError` when it is none. */
export function serverAddress(server: string): URL {
  const address = URL.parse(server)
  if (address?.protocol === 'http:' || address?.protocol === 'https:') return address
  throw new UsageError(
    `--server is "${server}". Give the address of a server, such as http://localhost:4400.`,
  )
}

/** The error of a server that nobody reaches. */
export function unreachable(server: string): FlowError {
  return new FlowError(
    'provider_unreachable',
    `The server at ${server} cannot be reached. Check the address, and that Millrace runs there.`,
    { retryable: true },
  )
}

interface ServerCall {
  readonly method: 'GET' | 'POST'
  /** From the server's root: `/api/flows/chat`. */
  readonly path: string
  /** JSON as text. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** How long a server may take to answer, in milliseconds. */
const patience = 60_000

/** Asks a server; answers the text of its answer, and throws what it refuses as a `FlowError`. */
export async function askServer(server: string, call: ServerCall): Promise<string> {
  const address = serverAddress(server)
  address.pathname = address.pathname.replace(/\/+$/, '') + call.path
  let answer: Response
  let text: string
  try {
    answer = await fetch(address, {
      method: call.method,
      headers: { ...call.headers, ...(call.body && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(patience),
      ...(call.body === undefined ? {} : { body: call.body }),
    })
    text = await answer.text()
  } catch {
    throw unreachable(server)
  }
  if (answer.ok) return text
  throw errorIn(text) ?? new FlowError('internal', `${server} answers ${answer.status}.`)
}

function errorIn(text: string): FlowError | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    const error = isRecord(answer) ? answer['error'] : undefined
    if (!isRecord(error)) return undefined
    const { code, message, ...options } = error as unknown as ErrorShape // the server's contract
    return new FlowError(code, message, options)
  } catch {
    return undefined
  }
}
