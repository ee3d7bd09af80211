import type { ErrorCode, ErrorShape } from '@millrace/flow'

/** An error of a run as the editor met it; `offline`: the server did not answer at all. */
export interface RunError extends Omit<ErrorShape, 'code'> {
  readonly code: RunErrorCode
}

export type RunErrorCode = ErrorCode | 'offline'

/** The one thing to do next about an error, where there is one that a button can do. */
export type NextAction =
  /** Run it again, not before so many seconds after the error. */
  | { readonly kind: 'retry'; readonly afterSeconds: number }
  /** Edit the connection that this node uses. */
  | { readonly kind: 'connection'; readonly nodeId: string }
  | { readonly kind: 'node'; readonly nodeId: string; readonly property: string | undefined }
  | { readonly kind: 'problems' }
  | { readonly kind: 'none' }

/** An error as it is shown: its message, which says what to do, stands between the two. */
export interface Explanation {
  readonly title: string
  readonly action: NextAction
}

/** What an error is called, and what to do next about it. */
export function explainError(error: RunError): Explanation {
  // A newer server may know more codes than this editor.
  const entry = Object.hasOwn(explanations, error.code)
    ? explanations[error.code]
    : { title: 'The run failed', remedy: 'node' as const }
  const title = titleByHost(error) ?? titleByReason(error) ?? titleOfProperty(error) ?? entry.title
  return { title, action: actionOf(entry.remedy, error) }
}

/** Every error of an HTTP request names the host that was asked, which is no model. */
function titleByHost({ code, details }: RunError): string | undefined {
  return details?.['host'] === undefined ? undefined : httpTitles.get(code)
}

/** What a database says beyond that it refused. */
function titleByReason({ code, details }: RunError): string | undefined {
  const reason = details?.['reason']
  if (code !== 'database_failed' || typeof reason !== 'string') return undefined
  return databaseTitles.get(reason)
}

/** A property of a node is no input of the flow. */
function titleOfProperty({ code, property }: RunError): string | undefined {
  return code === 'input_invalid' && property !== undefined ? 'A property does not fit' : undefined
}

const httpTitles: ReadonlyMap<RunErrorCode, string> = new Map([
  ['provider_unreachable', 'The server cannot be reached'],
  ['upstream_disconnected', 'The server broke off its answer'],
  ['upstream_protocol', 'The server’s answer cannot be read'],
])

const databaseTitles: ReadonlyMap<string, string> = new Map([
  ['unknown_database', 'The database is not there'],
  ['no_table', 'A table is not there'],
  ['no_column', 'A column is not there'],
  ['wrong_column_type', 'A column is of another kind'],
  ['wrong_dimensions', 'The vectors do not fit the table'],
  ['no_pgvector', 'The extension pgvector is missing'],
  ['no_key', 'No key can be made'],
  ['generated_column', 'The database writes this column itself'],
  ['identity_column', 'The database numbers this column itself'],
])

type Remedy = NextAction['kind']

const explanations: { readonly [code in RunErrorCode]: { title: string; remedy: Remedy } } = {
  address_refused: { title: 'The address is not allowed', remedy: 'connection' },
  bad_request: { title: 'The request cannot be read', remedy: 'none' },
  cancelled: { title: 'The run was stopped', remedy: 'retry' },
  conflict: { title: 'It was changed elsewhere', remedy: 'none' },
  connection_locked: { title: 'A connection is locked', remedy: 'connection' },
  connection_missing: { title: 'A connection is missing', remedy: 'node' },
  database_failed: { title: 'The database refused it', remedy: 'node' },
  database_unauthorized: { title: 'The database refused the login', remedy: 'connection' },
  database_unavailable: { title: 'The database is not available', remedy: 'retry' },
  draining: { title: 'The server is shutting down', remedy: 'retry' },
  flow_failed: { title: 'The flow threw an error', remedy: 'node' },
  flow_invalid: { title: 'The flow has problems', remedy: 'problems' },
  function_failed: { title: 'The code of a function failed', remedy: 'node' },
  flow_not_published: { title: 'The flow is not published', remedy: 'none' },
  flow_yields: { title: 'The flow streams its values', remedy: 'none' },
  forbidden: { title: 'This is not allowed', remedy: 'none' },
  input_invalid: { title: 'The input was refused', remedy: 'node' },
  internal: { title: 'Something broke inside Millrace', remedy: 'retry' },
  limit_exceeded: { title: 'A limit was reached', remedy: 'node' },
  method_not_allowed: { title: 'The call has another method', remedy: 'none' },
  not_found: { title: 'It is not there', remedy: 'none' },
  offline: { title: 'The server does not answer', remedy: 'retry' },
  precondition_required: { title: 'The revision is missing', remedy: 'none' },
  provider_failed: { title: 'The provider failed', remedy: 'retry' },
  provider_limited: { title: 'The provider’s limit is reached', remedy: 'retry' },
  provider_model_unknown: { title: 'The model is unknown', remedy: 'node' },
  provider_unauthorized: { title: 'The key was refused', remedy: 'connection' },
  provider_unreachable: { title: 'The model’s server cannot be reached', remedy: 'connection' },
  recording_missing: { title: 'The test has no recording of this', remedy: 'node' },
  rate_limited: { title: 'Too many requests', remedy: 'retry' },
  resume_gap: { title: 'Part of the run is no longer kept', remedy: 'none' },
  timeout: { title: 'It took too long', remedy: 'retry' },
  unauthorized: { title: 'You are not signed in', remedy: 'none' },
  variable_missing: { title: 'A variable has no value', remedy: 'none' },
  unsupported_media_type: { title: 'The kind of content is not supported', remedy: 'none' },
  unsupported_parameter: { title: 'A parameter is not supported', remedy: 'none' },
  upstream_disconnected: { title: 'The connection to the model broke off', remedy: 'retry' },
  upstream_protocol: {
    title: 'The model’s server does not speak OpenAI’s protocol',
    remedy: 'connection',
  },
  upstream_truncated: { title: 'The answer was cut off', remedy: 'retry' },
}

/** Trying again what cannot go better is no remedy; then the node is where to look. */
function actionOf(
  remedy: Remedy,
  { code, nodeId, property, retryable, details }: RunError,
): NextAction {
  if (remedy === 'problems') return { kind: 'problems' }
  if (remedy === 'retry' && retryable) {
    const after = details?.['retryAfter']
    return { kind: 'retry', afterSeconds: typeof after === 'number' ? Math.ceil(after) : 0 }
  }
  if (remedy === 'none' || nodeId === undefined) return { kind: 'none' }
  if (property === 'connection' && code.startsWith('database_')) {
    return { kind: 'connection', nodeId }
  }
  // What a property of the node itself would mend is no matter of its connection.
  const isOfConnection = property === undefined || property === 'connection'
  return remedy === 'connection' && isOfConnection
    ? { kind: 'connection', nodeId }
    : { kind: 'node', nodeId, property }
}
