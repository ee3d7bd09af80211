import type { Connection } from '@millrace/engine'
import { FlowError, toFlowError, type ErrorCode } from '@millrace/flow'
import { APIConnectionError, APIError } from 'openai'
import { codeOf } from '../http/upstream-fetch.server.ts'

/** What a call was about, for the words of its error. */
export interface CallSubject {
  readonly connection: Connection
  readonly baseUrl: string
  /** Whose address the call named; absent for calls about no model. */
  readonly modelId?: string
}

/** What went wrong in a call to a provider, as an error of ours with what to do about it. */
export function providerError(thrown: unknown, subject: CallSubject): FlowError {
  if (thrown instanceof FlowError) return thrown
  if (thrown instanceof APIConnectionError) return connectionError(thrown, subject)
  if (thrown instanceof APIError && thrown.status !== undefined) return statusError(thrown, subject)
  return networkError(thrown, subject) ?? toFlowError(thrown)
}

/** What went wrong with a connection that was made; `undefined` for errors of another kind. */
function networkError(cause: unknown, subject: CallSubject): FlowError | undefined {
  const code = codeOf(cause)
  if (code?.startsWith('HPE_') === true) return garbled(cause, subject)
  return code !== undefined && brokenConnection.has(code) ? disconnected(cause, subject) : undefined
}

const brokenConnection = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET'])

function garbled(cause: unknown, { connection, baseUrl }: CallSubject): FlowError {
  return new FlowError(
    'upstream_protocol',
    `What answers at ${baseUrl} does not speak HTTP as it should. Check the base URL of "${connection.name}".`,
    { property: 'connection', cause },
  )
}

/** The connection broke in the middle of an answer, or before it. */
function disconnected(cause: unknown, { connection }: CallSubject): FlowError {
  return new FlowError(
    'upstream_disconnected',
    `"${connection.name}" closed its connection before the answer was complete. Try again.`,
    { retryable: true, cause },
  )
}

function connectionError(error: APIConnectionError, subject: CallSubject): FlowError {
  const known = networkError(error, subject)
  if (known !== undefined) return known
  const code = codeOf(error)
  return new FlowError(
    'provider_unreachable',
    `"${subject.connection.name}" cannot be reached at ${subject.baseUrl}${reasonOf(code)}. Check the base URL of the connection, and whether the server runs.`,
    { retryable: true, property: 'connection', cause: error },
  )
}

function reasonOf(code: string | undefined): string {
  switch (code) {
    case undefined:
      return ''
    case 'ECONNREFUSED':
      return ': nothing listens there'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return ': its name is not known'
    default:
      return ` (${code})`
  }
}

function statusError(error: APIError, subject: CallSubject): FlowError {
  const name = `"${subject.connection.name}"`
  const { status = 0 } = error
  const wait = retryAfter(error)
  const details = { status, ...(wait === undefined ? {} : { retryAfter: wait }) }
  if (status === 401 || status === 403) {
    return failure(
      'provider_unauthorized',
      `${name} refused the API key (${status}). Check the key of the connection, and what it may use.`,
      {
        property: 'connection',
        details,
        cause: error,
      },
    )
  }
  if (subject.modelId !== undefined && isAboutModel(error)) {
    return failure(
      'provider_model_unknown',
      `${name} has no model "${subject.modelId}", or the key may not use it. Choose another in Model id.`,
      { property: 'modelId', details, cause: error },
    )
  }
  if (isTooLong(error)) {
    const words = said(error, subject)
    const model = subject.modelId === undefined ? '' : ` for "${subject.modelId}"`
    return failure(
      'provider_failed',
      `${name} refused the messages as too long${model} (${status}). Shorten the history, attach a History reducer, or shorten the context${words === undefined ? '.' : `: ${words}`}`,
      { details, cause: error },
    )
  }
  if (status === 404) {
    return failure(
      'provider_failed',
      `There is no chat completion at ${subject.baseUrl} (404). Check the base URL of ${name}; it often ends with /v1.`,
      { property: 'connection', details, cause: error },
    )
  }
  if (status === 429) {
    const isSpent = error.code === 'insufficient_quota'
    return failure(
      'provider_limited',
      isSpent
        ? `The quota of ${name} is used up. Check its plan and billing.`
        : `${name} gets too many requests (429). Try again ${wait === undefined || wait === 0 ? 'later' : `in ${wait} s`}.`,
      { retryable: !isSpent, details, cause: error },
    )
  }
  if (status >= 300 && status < 400) {
    return failure(
      'provider_failed',
      `${name} moved: it answered with a redirect (${status}), which is not followed. Put the new address into its base URL.`,
      { property: 'connection', details, cause: error },
    )
  }
  const words = said(error, subject)
  return failure(
    'provider_failed',
    `${name} could not answer (${status})${words === undefined ? '. Try again later.' : `: ${words}`}`,
    {
      retryable: status >= 500 || status === 408 || status === 409,
      details,
      cause: error,
    },
  )
}

function failure(
  code: ErrorCode,
  message: string,
  options: ConstructorParameters<typeof FlowError>[2],
): FlowError {
  return new FlowError(code, message, options)
}

function isAboutModel(error: APIError): boolean {
  if (error.code === 'model_not_found') return true
  return error.status === 404 && error.error !== undefined && /\bmodel\b/i.test(error.message)
}

/** Each vendor has a code or words of its own for more tokens than the model takes. */
function isTooLong({ code, status = 0, message }: APIError): boolean {
  if (code === 'context_length_exceeded') return true
  const isRefusal = status === 400 || status === 413 || status === 422
  return isRefusal && /\bcontext (?:length|window|size)\b/i.test(message)
}

/** What the provider says about it, cut short and without the key. */
function said(error: APIError, { connection }: CallSubject): string | undefined {
  const { error: body } = error
  const message: unknown =
    typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined
  if (typeof message !== 'string' || message === '') return undefined
  return withoutKey(message, connection).slice(0, 300)
}

/** A text that a provider had a hand in, without the key of its connection. */
export function withoutKey(text: string, { fields: { apiKey } }: Connection): string {
  const key = typeof apiKey === 'string' ? apiKey.trim() : ''
  return key === '' ? text : text.replaceAll(key, '[secret]')
}

/** What the provider wants us to wait, in seconds. */
function retryAfter(error: APIError): number | undefined {
  const text = error.headers?.get('retry-after')
  if (text === null || text === undefined) return undefined
  const seconds = Number.parseFloat(text)
  if (Number.isFinite(seconds)) return seconds
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000))
}
