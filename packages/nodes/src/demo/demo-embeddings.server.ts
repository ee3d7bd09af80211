import type { ServerResponse } from 'node:http'
import { tokensOf } from './demo-answer.ts'
import { demoDimensions, type DemoEmbedder } from './demo-embedder.server.ts'
import { refuse, type Refusal } from './demo-http.server.ts'
import { demoEmbedderId } from './demo-models.ts'
import type { EmbeddingFormat } from './embedding-batch.ts'

/** As many texts as OpenAI takes at once. */
const maxTexts = 2048
/** The model reads sentences and short passages; what is longer takes it seconds. */
const maxCharacters = 16_000

/** Answers a request for embeddings as OpenAI does. */
export async function answerEmbeddings(
  body: Readonly<Record<string, unknown>>,
  response: ServerResponse,
  embedder: DemoEmbedder,
): Promise<void> {
  const asked = readEmbeddingRequest(body)
  if ('refusal' in asked) return refuse(response, asked.refusal)
  const { texts, format } = asked
  const left = new AbortController()
  response.once('close', () => left.abort())
  const embeddings = await embedder.embed(texts, { format, signal: left.signal })
  const tokens = texts.reduce((sum, text) => sum + tokensOf(text).length, 0)
  const usage = { prompt_tokens: tokens, total_tokens: tokens }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write(`{"object":"list","model":"${demoEmbedderId}","data":[`)
  for (const [index, embedding] of embeddings.entries()) {
    response.write(
      `${index === 0 ? '' : ','}{"object":"embedding","index":${index},"embedding":${embedding}}`,
    )
  }
  response.end(`],"usage":${JSON.stringify(usage)}}`)
}

interface EmbeddingRequest {
  readonly texts: readonly string[]
  readonly format: EmbeddingFormat
}

function readEmbeddingRequest(
  body: Readonly<Record<string, unknown>>,
): EmbeddingRequest | { readonly refusal: Refusal } {
  const { model, input, dimensions = demoDimensions, encoding_format: format = 'float' } = body
  if (model !== demoEmbedderId) {
    return refusal(
      'model',
      'model_not_found',
      `The model "${String(model).slice(0, 100)}" does not embed. The demo connection has one that does: "${demoEmbedderId}".`,
    )
  }
  const texts = typeof input === 'string' ? [input] : input
  if (
    !Array.isArray(texts) ||
    texts.length === 0 ||
    !texts.every((text) => typeof text === 'string')
  ) {
    return refusal('input', 'invalid_input', '"input" must be a text or a list of texts.')
  }
  if (texts.length > maxTexts) {
    return refusal('input', 'invalid_input', `"input" has more than ${maxTexts} texts.`)
  }
  if (texts.includes('')) {
    return refusal('input', 'invalid_input', '"input" cannot be an empty text.')
  }
  if (texts.some((text) => text.length > maxCharacters)) {
    return refusal(
      'input',
      'context_length_exceeded',
      `This model's maximum context length is ${maxCharacters} characters. Send shorter texts.`,
    )
  }
  if (dimensions !== demoDimensions) {
    return refusal(
      'dimensions',
      'invalid_value',
      `The vectors of "${demoEmbedderId}" have ${demoDimensions} dimensions; no other number can be chosen.`,
    )
  }
  if (format !== 'float' && format !== 'base64') {
    return refusal('encoding_format', 'invalid_value', '"encoding_format" is float or base64.')
  }
  return { texts, format }
}

function refusal(param: string, code: string, message: string): { readonly refusal: Refusal } {
  const status = code === 'model_not_found' ? 404 : 400
  return { refusal: { status, message, code, param } }
}
