import type { Problem } from './problem.ts'

/**
 * Every error code a caller can meet, with the HTTP status it answers with. In a stream the same
 * code arrives in the error event. A code is only ever added.
 */
export const statusByCode = {
  bad_request: 400,
  unsupported_parameter: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  flow_not_published: 404,
  method_not_allowed: 405,
  conflict: 409,
  flow_yields: 409,
  resume_gap: 410,
  limit_exceeded: 413,
  unsupported_media_type: 415,
  address_refused: 422,
  connection_missing: 422,
  flow_invalid: 422,
  input_invalid: 422,
  variable_missing: 422,
  precondition_required: 428,
  provider_limited: 429,
  rate_limited: 429,
  /** The run was stopped, or left by its client; 499 is nginx's word for that. */
  cancelled: 499,
  internal: 500,
  database_failed: 502,
  database_unauthorized: 502,
  /** Code of a flow threw. */
  function_failed: 422,
  /** A flow threw, by its own *Throw*. */
  flow_failed: 422,
  /** A test has nothing that answers this. */
  recording_missing: 422,
  provider_failed: 502,
  provider_model_unknown: 502,
  provider_unauthorized: 502,
  provider_unreachable: 502,
  upstream_disconnected: 502,
  upstream_protocol: 502,
  upstream_truncated: 502,
  connection_locked: 503,
  database_unavailable: 503,
  draining: 503,
  timeout: 504,
} as const

export type ErrorCode = keyof typeof statusByCode

/** What further fields an error of some code carries; all are safe to show to a caller. */
export interface ErrorDetails {
  readonly problems?: readonly Problem[]
  readonly limit?: string
  readonly max?: number
  /** Of an answer over HTTP: finds the request in the server's log. */
  readonly requestId?: string
  readonly [key: string]: unknown
}

/** An error as it travels: in an event, an HTTP answer, or a log. */
export interface ErrorShape {
  readonly code: ErrorCode
  readonly message: string
  readonly retryable: boolean
  /** The node that failed, where one did. */
  readonly nodeId?: string
  /** The property of that node to look at, where one is to blame. */
  readonly property?: string
  readonly details?: ErrorDetails
}

/** Where the error happened, and whether to try again may help: not unless `retryable` says so. */
export interface FlowErrorOptions {
  readonly retryable?: boolean
  readonly nodeId?: string
  readonly property?: string
  readonly details?: ErrorDetails
  readonly cause?: unknown
}

const brand = Symbol.for('millrace.FlowError')

/**
 * The one error class. The message says what happened, to which thing, and what to do; it holds no
 * secret and no prompt text. `cause` stays in the process: it is logged, never sent.
 */
export class FlowError extends Error {
  /** One of another copy of this module is one too: a package of nodes may well bring its own. */
  static override [Symbol.hasInstance](value: unknown): value is FlowError {
    return typeof value === 'object' && value !== null && brand in value
  }

  override readonly name = 'FlowError'
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly nodeId: string | undefined
  readonly property: string | undefined
  readonly details: ErrorDetails | undefined

  constructor(code: ErrorCode, message: string, options: FlowErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
    this.nodeId = options.nodeId
    this.property = options.property
    this.details = options.details
  }

  get [brand](): true {
    return true
  }

  /** The HTTP status that the error's code stands for. */
  get status(): number {
    return statusByCode[this.code]
  }

  /** The same error with the node it happened in, if none is named yet. */
  at(nodeId: string): FlowError {
    return this.nodeId === undefined ? this.#with({ nodeId }) : this
  }

  /** The same error with the property that is to blame, if neither it nor a node is named yet. */
  in(property: string): FlowError {
    const isPlaced = this.property !== undefined || this.nodeId !== undefined
    return isPlaced ? this : this.#with({ property })
  }

  /** The same error in other words, with further details if there are any. */
  saying(message: string, details?: ErrorDetails): FlowError {
    return this.#with({ message, ...(details && { details: { ...this.details, ...details } }) })
  }

  #with(change: Partial<ErrorShape>): FlowError {
    const { code, message, ...rest } = { ...this.toShape(), ...change }
    return new FlowError(code, message, { ...rest, cause: this.cause })
  }

  toShape(): ErrorShape {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.nodeId === undefined ? {} : { nodeId: this.nodeId }),
      ...(this.property === undefined ? {} : { property: this.property }),
      ...(this.details === undefined ? {} : { details: this.details }),
    }
  }
}

/**
 * Any thrown thing as a `FlowError`. What is not one already is a defect of ours, so its own text,
 * which may hold anything, stays in `cause`.
 */
export function toFlowError(thrown: unknown): FlowError {
  if (thrown instanceof FlowError) return thrown
  return new FlowError(
    'internal',
    'Something went wrong inside Millrace. The server log has the details.',
    { cause: thrown },
  )
}

/**
 * The error that another program sent, as one of ours; `internal` where its code is none of them. What
 * finds its request in the log of a server is among its details.
 */
export function errorOfShape(shape: unknown): FlowError {
  const { code, message, retryable, requestId, ...rest } = (shape ?? {}) as Partial<SentError> // checked below
  const known: ErrorCode =
    typeof code === 'string' && Object.hasOwn(statusByCode, code) ? code : 'internal'
  return new FlowError(known, typeof message === 'string' ? message : 'The run failed.', {
    ...rest,
    ...(typeof requestId === 'string' ? { details: { ...rest.details, requestId } } : {}),
    retryable: retryable === true,
  })
}

interface SentError extends ErrorShape {
  /** In the bodies of answers only. */
  readonly requestId?: string
}
