import {
  isRecord,
  statusByCode,
  type ErrorCode,
  type ErrorDetails,
  type Problem,
} from '@millrace/flow'

/**
 * Why a call failed. `offline`: no answer came at all. `unreadable`: what answered is not a Millrace
 * server, a proxy for example.
 */
export type ApiErrorCode = ErrorCode | 'offline' | 'unreadable'

/** A call to the server that failed; its message is fit to be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  readonly details: ErrorDetails
  /** What the server's log calls the request. */
  readonly requestId: string | undefined

  constructor(
    code: ApiErrorCode,
    message: string,
    options: { details?: ErrorDetails; requestId?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
    this.requestId = options.requestId
  }

  /** The problems of the document that was refused, if that is why. */
  get problems(): readonly Problem[] {
    return this.details.problems ?? []
  }
}

/** The error that the body of a failed answer tells of. */
export function readApiError(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : undefined
  if (error === undefined || typeof error['message'] !== 'string') {
    // A proxy in front of a stopped server answers for it.
    return [500, 502, 503, 504].includes(status)
      ? offlineError()
      : new ApiError('unreadable', `The server answered ${status} without saying why.`)
  }
  return new ApiError(isErrorCode(error['code']) ? error['code'] : 'internal', error['message'], {
    ...(isRecord(error['details']) ? { details: error['details'] } : {}),
    requestId: typeof error['requestId'] === 'string' ? error['requestId'] : undefined,
  })
}

/** No answer at all. */
export function offlineError(cause?: unknown): ApiError {
  return new ApiError(
    'offline',
    'The Millrace server does not answer. What you changed is kept in this browser until it is back.',
    { cause },
  )
}

/** An answer that is not what a server of this version says. */
export function unreadable(what: string): ApiError {
  return new ApiError(
    'unreadable',
    `The server's answer holds no ${what}. The editor and the server are perhaps of different versions: reload the page.`,
  )
}

/** Any thrown thing as an `ApiError`, to show it. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new ApiError('internal', message, { cause: thrown })
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(statusByCode, code)
}
