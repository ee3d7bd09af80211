import { isRecord, type JsonValue, type RecordedExchange, type RunVisit } from '@millrace/flow'

/**
 * What a provider would have to answer for a visit of *Streaming chat completion* to go as it did:
 * the same text, in the pieces of the log. `undefined` where what was asked was not recorded.
 */
export function exchangeOfVisit({ calls, deltas }: RunVisit): RecordedExchange | undefined {
  const first = calls[0]
  const last = calls.at(-1)
  if (first === undefined || last === undefined || !isRecord(first.request)) return undefined
  const { model, finishReason = 'stop', refusal, usage, startedAt, endedAt } = last
  const chunk = (delta: JsonValue, finish: string | null = null) => ({
    object: 'chat.completion.chunk',
    ...(model === undefined ? {} : { model }),
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  const atEnd = Math.max(0, endedAt - startedAt)
  return {
    // Asked at first; what was changed for a model that refused it is taken as it is now.
    request: {
      method: 'POST',
      path: '/chat/completions',
      body: { ...first.request, stream: true } as JsonValue, // events are JSON
    },
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    pieces: [
      ...deltas.map(({ at, delta }) =>
        piece(Math.min(atEnd, Math.max(0, at - startedAt)), chunk({ content: delta })),
      ),
      ...(refusal === undefined ? [] : [piece(atEnd, chunk({ refusal }))]),
      piece(atEnd, chunk({}, finishReason)),
      ...(usage === null
        ? []
        : [
            piece(atEnd, {
              choices: [],
              usage: {
                prompt_tokens: usage.inputTokens,
                completion_tokens: usage.outputTokens,
                total_tokens: usage.totalTokens,
              },
            }),
          ]),
      [atEnd, 'data: [DONE]\n\n'],
    ],
  }
}

function piece(at: number, chunk: JsonValue): readonly [number, string] {
  return [at, `data: ${JSON.stringify(chunk)}\n\n`]
}
