import { setTimeout as wait } from 'node:timers/promises'
import type { ServerResponse } from 'node:http'
import { type Answer, type TextAnswer, cutBytes } from './fake-answer.ts'
import { type Completion, completionBody, completionEvents, doneEvent } from './openai-wire.ts'
import { type Exchange, type RecordedRequest, fieldOf } from './recorded-request.ts'

/** Does what the answer says, and resolves when the server has nothing more to send. */
export async function sendAnswer(answer: Answer, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  switch (answer.kind) {
    case 'silence':
      return
    case 'error':
      for (const [name, value] of Object.entries(answer.headers ?? {})) {
        response.setHeader(name, value)
      }
      return sendJson(response, answer.status, { error: answer.error })
    case 'bytes':
      return sendBody(exchange, answer)
    case 'text': {
      const completion = completionOf(answer, request)
      return fieldOf<boolean>(request, 'stream') === true
        ? sendBody(exchange, streamedBody(answer, completion, request))
        : sendJson(response, 200, completionBody(completion))
    }
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify(body, null, 2)}\n`)
}

function completionOf(answer: TextAnswer, request: RecordedRequest): Completion {
  const { tokens, field = 'content', finishReason = 'stop' } = answer
  return {
    id: `chatcmpl-${request.receivedAt.toString(36)}`,
    model: fieldOf(request, 'model') ?? '',
    created: Math.floor(request.receivedAt / 1000),
    tokens,
    field,
    finishReason,
    usage: answer.usage ?? { prompt: 9, completion: tokens.length },
  }
}

interface StreamedBody {
  readonly chunks: readonly (string | Uint8Array)[]
  readonly delayMs?: number
  readonly end?: 'end' | 'cut' | 'hold'
  readonly pause?: NonNullable<TextAnswer['pause']>
}

function streamedBody(
  { end = 'done', delayMs = 0, pause }: TextAnswer,
  completion: Completion,
  request: RecordedRequest,
): StreamedBody {
  const streamOptions = fieldOf<{ include_usage?: boolean }>(request, 'stream_options')
  const includeUsage = streamOptions?.include_usage === true
  const events = completionEvents(completion, { includeUsage })
  const whole = [...events, doneEvent]
  const pace = { delayMs, ...(pause === undefined ? {} : { pause }) }
  if (end === 'done') return { chunks: whole, ...pace }
  if (end === 'no-done') return { chunks: events, ...pace }
  if (end === 'hold') return { chunks: events, ...pace, end }
  const chunks =
    'cutAfterEvents' in end
      ? whole.slice(0, end.cutAfterEvents)
      : cutBytes(whole.join(''), [end.cutAfterBytes]).slice(0, 1)
  return { chunks, ...pace, end: 'cut' }
}

async function sendBody(
  { response, cut }: Exchange,
  { chunks, delayMs = 0, end = 'end', pause }: StreamedBody,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.flushHeaders()
  for (const [index, chunk] of chunks.entries()) {
    // The event before the first token tells the role.
    if (index - 1 === pause?.afterTokens) await pause.until
    if (delayMs > 0) await wait(delayMs)
    if (response.destroyed) return
    if (chunk.length > 0) await written(response, chunk)
  }
  if (end === 'end') response.end()
  if (end === 'cut') cut()
}

/** Waits until the bytes are with the operating system, so that a cut loses none of them. */
function written(response: ServerResponse, chunk: string | Uint8Array): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  response.write(chunk, (error) => (error ? reject(error) : resolve()))
  return promise
}
