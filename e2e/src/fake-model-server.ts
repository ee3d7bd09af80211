// A provider for tests: OpenAI's HTTP interface on a free port of this machine, with answers that
// the test scripts and a record of every request. Nothing leaves the machine.
//
//   await using provider = await startFakeModelServer({ models: { m: textAnswer('Hello you') } })
//   new OpenAI({ baseURL: provider.url, apiKey: 'any', maxRetries: 0 })

import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { type Answer, errorAnswer, errorAnswers, textAnswer } from './fake-answer.ts'
import { listenHere } from './listen-here.ts'
import { embeddingBody, modelList } from './openai-wire.ts'
import { type RecordedRequest, fieldOf, recordRequest } from './recorded-request.ts'
import { sendAnswer, sendJson } from './send-answer.ts'

export * from './fake-answer.ts'
export {
  type FinishReason,
  type Usage,
  type WireError,
  doneEvent,
  sseEvent,
} from './openai-wire.ts'

/** The same answer to each call, one for each call in turn (the last repeats), or by the request. */
export type Script = Answer | readonly Answer[] | ((request: RecordedRequest) => Answer)

export interface FakeModelServerOptions {
  /** Scripts by model id; other models are not found. Default: `gpt-4o-mini` says hello. */
  readonly models?: Readonly<Record<string, Script>>
  /** The only key that is let in. Default: every key, and none. */
  readonly apiKey?: string
  /** The vector of a text. Default: eight numbers that depend on its characters. */
  readonly embed?: (text: string) => readonly number[]
}

export interface FakeModelServer extends AsyncDisposable {
  /** What a client calls its base URL: `http://127.0.0.1:<port>/v1`. */
  readonly url: string
  /** In the order of arrival. */
  readonly requests: readonly RecordedRequest[]
  readonly close: () => Promise<void>
}

/** Starts a provider; whoever starts it closes it. */
export async function startFakeModelServer(
  options: FakeModelServerOptions = {},
): Promise<FakeModelServer> {
  const { models = { 'gpt-4o-mini': textAnswer('Hello! How can I help?') }, apiKey } = options
  const requests: RecordedRequest[] = []
  const calls = new Map<string, number>()

  const server = createServer((incoming, response) => {
    // The socket of a client that left rejects what is still being sent: nothing to report.
    respond(incoming, response).catch(() => response.destroy())
  })
  const { origin, close } = await listenHere(server)

  return { url: `${origin}/v1`, requests, close, [Symbol.asyncDispose]: close }

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = await recordRequest(incoming, response)
    const { request } = exchange
    requests.push(request)
    response.setHeader('x-request-id', `req_${requests.length}`)
    response.setHeader('openai-processing-ms', '1')
    response.setHeader('openai-version', '2020-10-01')
    const key = request.headers.authorization?.replace('Bearer ', '') ?? ''
    if (apiKey !== undefined && key !== apiKey) {
      return sendAnswer(errorAnswers.invalidKey(key), exchange)
    }
    switch (`${request.method} ${request.path}`) {
      case 'GET /v1/models':
        return sendJson(response, 200, modelList(Object.keys(models)))
      case 'POST /v1/embeddings':
        return sendJson(response, 200, embeddings(request))
      case 'POST /v1/chat/completions':
        return sendAnswer(nextAnswer(request), exchange)
      default:
        return sendAnswer(notFound(request), exchange)
    }
  }

  function nextAnswer(request: RecordedRequest): Answer {
    const model = fieldOf(request, 'model') ?? ''
    const script = Object.hasOwn(models, model) ? models[model] : undefined
    if (script === undefined) return errorAnswers.modelNotFound(model)
    if (typeof script === 'function') return script(request)
    if ('kind' in script) return script
    const call = calls.get(model) ?? 0
    calls.set(model, call + 1)
    return script[Math.min(call, script.length - 1)] ?? errorAnswers.serverError()
  }

  function embeddings(request: RecordedRequest): unknown {
    const input = fieldOf<string | string[]>(request, 'input') ?? []
    const vectors = [input].flat().map(options.embed ?? embedByCharacters)
    const encoding = fieldOf<'float' | 'base64'>(request, 'encoding_format') ?? 'float'
    return embeddingBody(fieldOf(request, 'model') ?? '', vectors, encoding)
  }
}

function notFound({ method, path }: RecordedRequest): Answer {
  const message = `Invalid URL (${method} ${path})`
  return errorAnswer(404, { message, type: 'invalid_request_error', param: null, code: null })
}

function embedByCharacters(text: string): readonly number[] {
  const vector = Array.from({ length: 8 }, () => 0)
  for (const character of text) {
    const index = (character.codePointAt(0) ?? 0) % 8
    vector[index] = (vector[index] ?? 0) + 1
  }
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}
