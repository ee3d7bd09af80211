import type { FinishReason, Usage, WireError } from './openai-wire.ts'

/** What the fake model server does with one request. */
export type Answer =
  | TextAnswer
  | ({ readonly kind: 'bytes'; readonly chunks: readonly (string | Uint8Array)[] } & Pace &
      BytesEnd)
  | {
      readonly kind: 'error'
      readonly status: number
      readonly error: WireError
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Takes the request and sends nothing, not even a status, until the client leaves. */
  | { readonly kind: 'silence' }

export interface TextAnswer extends Pace {
  readonly kind: 'text'
  readonly tokens: readonly string[]
  /** Default `content`. */
  readonly field?: 'content' | 'refusal'
  /** Default `stop`. */
  readonly finishReason?: FinishReason
  /** Sent when the request asks for it. Default: 9 prompt tokens, and one for each token. */
  readonly usage?: Usage
  /** How a streamed answer ends. Default `done`. */
  readonly end?: TextEnd
  /** Sends so many tokens, and the rest when the test lets it go on. */
  readonly pause?: { readonly afterTokens: number; readonly until: Promise<unknown> }
}

/**
 * `no-done` ends the body without `[DONE]`; `hold` sends all but `[DONE]` and keeps the socket;
 * a cut sends so much of the body, then closes the socket in the middle of it.
 */
export type TextEnd =
  | 'done'
  | 'no-done'
  | 'hold'
  | { readonly cutAfterEvents: number }
  | { readonly cutAfterBytes: number }

interface Pace {
  /** Waited before each piece that is sent, in ms. Default 0. */
  readonly delayMs?: number
}

interface BytesEnd {
  /** Default `end`: the body is complete. */
  readonly end?: 'end' | 'cut' | 'hold'
}

/** Answers with a text, in tokens of a word with the space before it. */
export function textAnswer(text: string, options: Partial<Omit<TextAnswer, 'kind'>> = {}): Answer {
  return { kind: 'text', tokens: text.match(/\s*\S+\s*$|\s*\S+/g) ?? [], ...options }
}

/** Streams these bytes as they are, each chunk in a write of its own. */
export function bytesAnswer(
  chunks: readonly (string | Uint8Array)[],
  options: Pace & BytesEnd = {},
): Answer {
  return { kind: 'bytes', chunks, ...options }
}

/** Cuts bytes at the given offsets, ascending: pieces for `bytesAnswer`. */
export function cutBytes(bytes: string | Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const whole = Buffer.from(bytes)
  return [0, ...offsets].map((from, index) => whole.subarray(from, offsets[index]))
}

/** OpenAI's own refusals, in its own words. */
export const errorAnswers = {
  invalidKey: (key: string) =>
    errorAnswer(401, {
      message: `Incorrect API key provided: ${key}. You can find your API key at https://platform.openai.com/account/api-keys.`,
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    }),
  modelNotFound: (model: string) =>
    errorAnswer(404, {
      message: `The model \`${model}\` does not exist or you do not have access to it.`,
      type: 'invalid_request_error',
      param: null,
      code: 'model_not_found',
    }),
  contextTooLong: () =>
    errorAnswer(400, {
      message:
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens. Please reduce the length of the messages.",
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    }),
  rateLimited: (retryAfterSeconds: number) =>
    errorAnswer(
      429,
      {
        message: `Rate limit reached for requests. Please try again in ${retryAfterSeconds}s.`,
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      },
      {
        'retry-after': String(retryAfterSeconds),
        'retry-after-ms': String(retryAfterSeconds * 1000),
      },
    ),
  insufficientQuota: () =>
    errorAnswer(429, {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      param: null,
      code: 'insufficient_quota',
    }),
  serverError: () =>
    errorAnswer(500, {
      message: 'The server had an error while processing your request. Sorry about that!',
      type: 'server_error',
      param: null,
      code: null,
    }),
} satisfies Record<string, (...args: never[]) => Answer>

/** Answers with a status and a body in OpenAI's shape. */
export function errorAnswer(
  status: number,
  error: WireError,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { kind: 'error', status, error, headers }
}
