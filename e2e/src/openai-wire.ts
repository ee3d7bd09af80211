// OpenAI's public wire format, byte for byte: what a provider sends, so that tests need none.

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls'

/** Tokens counted by the provider. */
export interface Usage {
  readonly prompt: number
  readonly completion: number
}

/** One answer of a model, however it is sent. */
export interface Completion {
  readonly id: string
  readonly model: string
  /** Epoch seconds. */
  readonly created: number
  readonly tokens: readonly string[]
  /** Where the tokens go: a refusal is not content. */
  readonly field: 'content' | 'refusal'
  readonly finishReason: FinishReason
  readonly usage: Usage
}

export interface WireError {
  readonly message: string
  readonly type: string
  readonly param: string | null
  readonly code: string | null
}

export const doneEvent = 'data: [DONE]\n\n'

/** One event of a stream, as bytes are sent: also for odd chunks that no `Completion` makes. */
export function sseEvent(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

/** The events of a streamed answer up to, not including, `doneEvent`. */
export function completionEvents(
  completion: Completion,
  { includeUsage }: { includeUsage: boolean },
): string[] {
  const { id, model, created, tokens, field, finishReason } = completion
  const event = (choices: readonly unknown[], usage: unknown) =>
    sseEvent({
      id,
      object: 'chat.completion.chunk',
      created,
      model,
      service_tier: 'default',
      system_fingerprint: 'fp_50cad350e4',
      choices,
      // Present and null until the last chunk when it was asked for, absent otherwise.
      ...(includeUsage ? { usage } : {}),
    })
  const chunk = (delta: unknown, finish_reason: FinishReason | null = null) =>
    event([{ index: 0, delta, logprobs: null, finish_reason }], null)
  return [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...tokens.map((token) => chunk({ [field]: token })),
    chunk({}, finishReason),
    ...(includeUsage ? [event([], wireUsage(completion.usage))] : []),
  ]
}

/** The body of an answer that is not streamed. */
export function completionBody(completion: Completion): unknown {
  const { id, model, created, tokens, field, finishReason, usage } = completion
  const text = tokens.join('')
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          refusal: null,
          annotations: [],
          [field]: text,
        },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: wireUsage(usage),
    service_tier: 'default',
    system_fingerprint: 'fp_50cad350e4',
  }
}

/** The body of `GET /v1/models`. */
export function modelList(ids: readonly string[]): unknown {
  const model = (id: string) => ({ id, object: 'model', created: 1721172741, owned_by: 'system' })
  return { object: 'list', data: ids.map(model) }
}

/** The body of `POST /v1/embeddings`; the official package asks for base64 and decodes it. */
export function embeddingBody(
  model: string,
  vectors: readonly (readonly number[])[],
  encoding: 'float' | 'base64',
): unknown {
  const encode = (vector: readonly number[]) =>
    encoding === 'float' ? vector : Buffer.from(Float32Array.from(vector).buffer).toString('base64')
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: encode(vector),
    })),
    model,
    usage: { prompt_tokens: 8, total_tokens: 8 },
  }
}

function wireUsage({ prompt, completion }: Usage): unknown {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}
