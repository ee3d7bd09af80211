import { revealed, type Connection } from '@millrace/engine'
import { FlowError, isRecord, toFlowError, type ErrorCode } from '@millrace/flow'
import { APIConnectionError, APIError } from 'openai'
import { codeOf } from '../http/upstream-fetch.server.ts'
import { quoted } from '../without-secrets.server.ts'

/** What a call was about, for the words of its error. */
export interface CallSubject {
  readonly connection: Connection
  readonly baseUrl: string
  /** Absent for calls about no model. */
  readonly model?: AskedModel
}

/** A model, and what was asked of it. */
export interface AskedModel {
  readonly id: string
  readonly purpose: keyof typeof purposes
}

/** How errors speak of what a model is asked for. */
const purposes = {
  chat: {
    property: 'modelId',
    label: 'Model id',
    service: 'is no chat completion',
    tooLong: 'the messages as too long',
    shorten: 'Shorten the history, attach a History reducer, or shorten the context',
  },
  embedding: {
    property: 'embeddingModel',
    label: 'Embedding model',
    service: 'are no embeddings',
    tooLong: 'a text as too long',
    shorten: 'Cut it into smaller pieces before it is embedded',
  },
} as const

/** What went wrong in a call to a provider, as an error of ours with what to do about it. */
export function providerError(thrown: unknown, subject: CallSubject): FlowError {
  if (thrown instanceof FlowError) return thrown
  if (thrown instanceof APIConnectionError) return connectionError(thrown, subject)
  if (thrown instanceof APIError && thrown.status !== undefined) return statusError(thrown, subject)
  return networkError(thrown, subject) ?? toFlowError(thrown)
}

/** The HTTP status of an answer that was an error, before or after `providerError`. */
export function statusOf(error: unknown): number | undefined {
  if (error instanceof APIError) return error.status
  const status = error instanceof FlowError ? error.details?.['status'] : undefined
  return typeof status === 'number' ? status : undefined
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
    { property: 'connection', details: { reason: 'no_http' }, cause },
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
  const { reason, text, remedy } = whyUnreachable(codeOf(error))
  return new FlowError(
    'provider_unreachable',
    `"${subject.connection.name}" cannot be reached at ${subject.baseUrl}${text}. ${remedy}`,
    {
      retryable: true,
      property: 'connection',
      ...(reason === undefined ? {} : { details: { reason } }),
      cause: error,
    },
  )
}

interface Unreachable {
  readonly reason?: 'nothing_listens' | 'unknown_name' | 'certificate' | 'no_tls'
  /** Goes on after the address. */
  readonly text: string
  readonly remedy: string
}

const checkUrl = 'Check the base URL of the connection, and whether the server runs.'

function whyUnreachable(code: string | undefined): Unreachable {
  if (code === undefined) return { text: '', remedy: checkUrl }
  if (code === 'ECONNREFUSED') {
    return { reason: 'nothing_listens', text: ': nothing listens there', remedy: checkUrl }
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return { reason: 'unknown_name', text: ': its name is not known', remedy: checkUrl }
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return {
      reason: 'no_tls',
      text: ': what listens there does not speak TLS',
      remedy: 'Write the base URL with http:// if the server has no certificate.',
    }
  }
  if (/CERT|UNABLE_TO_/.test(code)) {
    return {
      reason: 'certificate',
      text: `: its certificate ${certificateFault(code)} (${code})`,
      remedy:
        'Give the server a valid one, or let an operator start Millrace with NODE_EXTRA_CA_CERTS naming the authority that signed it.',
    }
  }
  return { text: ` (${code})`, remedy: checkUrl }
}

function certificateFault(code: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'has expired'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'is for another name'
    default:
      return 'is signed by nobody whom this server trusts'
  }
}

function statusError(error: APIError, subject: CallSubject): FlowError {
  const name = `"${subject.connection.name}"`
  const { status = 0 } = error
  const wait = retryAfter(error)
  const details = { status, ...(wait === undefined ? {} : { retryAfter: wait }) }
  if (status === 401 || status === 403) {
    const { reason, message } = whyUnauthorized(status, subject.connection)
    return failure('provider_unauthorized', message, {
      property: 'connection',
      details: { ...details, ...(reason === undefined ? {} : { reason }) },
      cause: error,
    })
  }
  const words = purposes[subject.model?.purpose ?? 'chat']
  if (subject.model !== undefined && isAboutModel(error)) {
    return failure(
      'provider_model_unknown',
      `${name} has no model "${subject.model.id}", or the key may not use it. Choose another in ${words.label}.`,
      { property: words.property, details, cause: error },
    )
  }
  const reply = said(error, subject)
  if (isTooLong(error)) {
    const model = subject.model === undefined ? '' : ` for "${subject.model.id}"`
    return failure(
      'provider_failed',
      `${name} refused ${words.tooLong}${model} (${status}). ${words.shorten}${reply === undefined ? '.' : `: ${reply}`}`,
      { details, cause: error },
    )
  }
  if (status === 404) {
    return failure(
      'provider_failed',
      `There ${words.service} at ${subject.baseUrl} (404). Check the base URL of ${name}; it often ends with /v1.`,
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
      {
        retryable: !isSpent,
        details: { ...details, ...(isSpent ? { reason: 'quota' } : {}) },
        cause: error,
      },
    )
  }
  if (status >= 300 && status < 400) return redirected(error, subject)
  return failure(
    'provider_failed',
    `${name} could not answer (${status})${reply === undefined ? '. Try again later.' : `: ${reply}`}`,
    {
      retryable: status >= 500 || status === 408 || status === 409,
      details,
      cause: error,
    },
  )
}

function whyUnauthorized(
  status: number,
  { name, fields }: Connection,
): { readonly reason?: string; readonly message: string } {
  const key = revealed(fields['apiKey'])
  const headers = isRecord(fields['headers']) ? Object.keys(fields['headers']) : []
  const isSilent = (key === undefined || key === '') && headers.length === 0
  if (isSilent) {
    return {
      reason: 'no_key',
      message: `"${name}" asks for an API key (${status}), and the connection has none. Enter one in it.`,
    }
  }
  return {
    ...(status === 403 ? { reason: 'forbidden' } : {}),
    message: `"${name}" refused the API key (${status}). Check the key of the connection, and what it may use.`,
  }
}

/** A redirect is never followed: the secrets are for the address they were entered for. */
function redirected(error: APIError, { connection, baseUrl }: CallSubject): FlowError {
  const better = movedTo(error.headers?.get('location') ?? undefined, baseUrl)
  const remedy =
    better === undefined
      ? 'Put the new address into its base URL.'
      : `If you trust the new address, put ${better} into its base URL.`
  return failure(
    'provider_failed',
    `"${connection.name}" moved: it answered with a redirect (${error.status}), which is not followed. ${remedy}`,
    {
      property: 'connection',
      details: {
        status: error.status,
        reason: 'redirect',
        ...(better === undefined ? {} : { suggestion: { field: 'baseUrl', value: better } }),
      },
      cause: error,
    },
  )
}

/** The base URL that a redirect leads to, without anything that could be secret. */
function movedTo(location: string | undefined, baseUrl: string): string | undefined {
  const url = location === undefined ? null : URL.parse(location, baseUrl)
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  const path = /^(.*)\/(?:models|chat\/completions|embeddings)\/?$/.exec(url.pathname)?.[1]
  return path === undefined ? undefined : `${url.origin}${path}`.slice(0, 300)
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
  return quoted(message, connection)
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
