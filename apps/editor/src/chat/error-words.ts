import type { ErrorCode } from '@millrace/flow'

/** What an error is called above its message, which says what to do. */
export function titleOfError(code: ErrorCode): string {
  return titles[code] ?? 'The run failed'
}

const titles: { readonly [code in ErrorCode]?: string } = {
  address_refused: 'The address is not allowed',
  connection_locked: 'A connection is locked',
  connection_missing: 'A connection is missing',
  draining: 'The server is shutting down',
  flow_invalid: 'The flow has problems',
  input_invalid: 'The input was refused',
  limit_exceeded: 'A limit was reached',
  provider_failed: 'The provider failed',
  provider_limited: 'The provider’s limit is reached',
  provider_model_unknown: 'The model is unknown',
  provider_unauthorized: 'The key was refused',
  provider_unreachable: 'The model’s server cannot be reached',
  timeout: 'It took too long',
  upstream_disconnected: 'The connection to the model broke off',
  upstream_protocol: 'The model’s server does not speak OpenAI’s protocol',
  upstream_truncated: 'The answer was cut off',
}
