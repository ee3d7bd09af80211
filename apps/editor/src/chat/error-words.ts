import type { ErrorCode } from '@millrace/flow'

/** What an error is called above its message. */
export function titleOfError(code: ErrorCode): string {
  return words[code]?.title ?? 'The run failed'
}

/** What to do about it, where the message alone may not say it. */
export function remedyOf(code: ErrorCode): string | undefined {
  return words[code]?.remedy
}

const words: {
  readonly [code in ErrorCode]?: { readonly title: string; readonly remedy?: string }
} = {
  connection_missing: { title: 'A connection is missing' },
  connection_locked: { title: 'A connection is locked' },
  provider_unauthorized: {
    title: 'The key was refused',
    remedy: 'Open the connection, enter the key again and test it.',
  },
  provider_model_unknown: {
    title: 'The model is unknown',
    remedy: 'Choose one of the models that the connection suggests at Model id.',
  },
  provider_unreachable: {
    title: 'The model’s server cannot be reached',
    remedy: 'Look at the base URL of the connection, and test it.',
  },
  provider_limited: {
    title: 'The provider’s limit is reached',
    remedy: 'Wait a moment, then retry.',
  },
  provider_failed: {
    title: 'The provider failed',
    remedy: 'Retry; if it fails again, look at the provider’s status.',
  },
  upstream_truncated: {
    title: 'The answer was cut off',
    remedy: 'What came before stays. Retry for a whole answer.',
  },
  upstream_disconnected: {
    title: 'The connection to the model broke off',
    remedy: 'What came before stays. Retry for a whole answer.',
  },
  upstream_protocol: {
    title: 'The model’s server does not speak OpenAI’s protocol',
    remedy: 'Look at the base URL of the connection: it usually ends in /v1.',
  },
  timeout: {
    title: 'It took too long',
    remedy: 'Raise the time limit in the flow’s settings, or ask for less.',
  },
  flow_invalid: { title: 'The flow has problems' },
  input_invalid: { title: 'The input was refused' },
  address_refused: { title: 'The address is not allowed' },
  draining: { title: 'The server is shutting down', remedy: 'Retry when it is back.' },
}
