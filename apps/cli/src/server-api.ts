import { errorOfShape, FlowError, isRecord } from '@millrace/flow'
import { keyHeaders, urlOf, type ServerTarget } from './server-target.ts'

/** The error of a server that nobody reaches. */
export function unreachable({ address }: ServerTarget): FlowError {
  return new FlowError(
    'provider_unreachable',
    `The server at ${address} cannot be reached. Check the address, and that Millrace runs there.`,
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
export async function askServer(server: ServerTarget, call: ServerCall): Promise<string> {
  let answer: Response
  let text: string
  try {
    answer = await fetch(urlOf(server, call.path), {
      method: call.method,
      headers: {
        ...keyHeaders(server),
        ...call.headers,
        ...(call.body && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(patience),
      ...(call.body === undefined ? {} : { body: call.body }),
    })
    text = await answer.text()
  } catch {
    throw unreachable(server)
  }
  if (answer.ok) return text
  throw refusalOf(server, { status: answer.status, text })
}

/** What a server's answer other than 2xx says. */
export function refusalOf(
  server: ServerTarget,
  { status, text }: { readonly status: number; readonly text: string },
): FlowError {
  const error = errorIn(text)
  if (error === undefined) {
    return new FlowError(
      'internal',
      `${server.address} answers ${status}, and not as Millrace does. Check the address.`,
    )
  }
  return error.code === 'unauthorized' && server.key === undefined
    ? error.saying(`${error.message} Here, set MILLRACE_KEY to the key, or give --key.`)
    : error
}

function errorIn(text: string): FlowError | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    const error = isRecord(answer) ? answer['error'] : undefined
    return isRecord(error) && typeof error['message'] === 'string' ? errorOfShape(error) : undefined
  } catch {
    return undefined
  }
}
