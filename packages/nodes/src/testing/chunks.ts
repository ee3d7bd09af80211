/** The event of one chunk in OpenAI's shape, as `JSON.stringify` writes it. */
export function chunkEvent(
  delta: Readonly<Record<string, unknown>>,
  more: { readonly finishReason?: string; readonly usage?: unknown } = {},
): string {
  return event({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-4o-mini-2024-07-18',
    service_tier: 'default',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: more.finishReason ?? null }],
    ...('usage' in more ? { usage: more.usage } : {}),
  })
}

/** One server-sent event with a value as its data. */
export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

/** The last event of a stream. */
export const doneEvent = 'data: [DONE]\n\n'

/** The events of a whole answer: a role, a chunk for each piece of content, an end, usage, done. */
export function answerEvents(...contents: readonly string[]): readonly string[] {
  return [
    chunkEvent({ role: 'assistant', content: '', refusal: null }),
    ...contents.map((content) => chunkEvent({ content })),
    chunkEvent({}, { finishReason: 'stop' }),
    event({ id: 'chatcmpl-1', model: 'gpt-4o-mini-2024-07-18', choices: [], usage: usageOnWire }),
    doneEvent,
  ]
}

/** The same answer as `answerEvents` makes, in one piece. */
export function wholeAnswer(content: string): Readonly<Record<string, unknown>> {
  const message = { role: 'assistant', content, refusal: null, annotations: [] }
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o-mini-2024-07-18',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageOnWire,
  }
}

/** The usage that `answerEvents` reports, in the provider's words. */
export const usageOnWire = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 }
