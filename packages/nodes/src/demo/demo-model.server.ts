import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRecord } from '@millrace/flow'
import { demoAnswer, tokensOf, type DemoMessage } from './demo-answer.ts'
import { createDemoEmbedder, type DemoEmbedder } from './demo-embedder.server.ts'
import { answerEmbeddings } from './demo-embeddings.server.ts'
import { readObject, refuse, sendJson, unreadable, type Refusal } from './demo-http.server.ts'
import { demoModelId, demoModels } from './demo-models.ts'

/** About the pace of a model that writes faster than one reads. */
const tokensPerSecond = 35

/** A running demo model. */
export interface DemoModel {
  /** The base URL of a connection to it. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Starts the demo model: an HTTP server on a free port of this machine alone, which speaks OpenAI's
 * chat completions, streamed or not, and its embeddings, and lists the model for each. Whoever starts
 * it closes it.
 */
export async function startDemoModel(
  options: { readonly tokensPerSecond?: number } = {},
): Promise<DemoModel> {
  const pauseMs = 1000 / (options.tokensPerSecond ?? tokensPerSecond)
  const embedder = createDemoEmbedder()
  const server = createServer((request, response) => {
    // A client that left while it was being answered is no fault of anybody's.
    respond(request, response, { pauseMs, embedder }).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async close() {
      await embedder.close()
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

interface Models {
  readonly pauseMs: number
  readonly embedder: DemoEmbedder
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { pauseMs, embedder }: Models,
): Promise<void> {
  const path = request.url?.split('?')[0]
  if (request.method === 'GET' && path === '/v1/models') {
    sendJson(response, 200, { object: 'list', data: demoModels })
  } else if (request.method === 'GET' && path?.startsWith('/v1/models/') === true) {
    const id = decodeURIComponent(path.slice('/v1/models/'.length))
    const model = demoModels.find((known) => known.id === id)
    if (model === undefined) refuse(response, unknownModel(id))
    else sendJson(response, 200, model)
  } else if (request.method === 'POST' && path === '/v1/chat/completions') {
    const asked = readQuestion(await readObject(request))
    if ('refusal' in asked) refuse(response, asked.refusal)
    else await answer(asked, response, pauseMs)
  } else if (request.method === 'POST' && path === '/v1/embeddings') {
    const body = await readObject(request)
    if (body === undefined) refuse(response, unreadable)
    else await answerEmbeddings(body, response, embedder)
  } else {
    refuse(response, {
      status: 404,
      message: `There is no ${request.method} ${path} here.`,
      code: 'not_found',
      param: null,
    })
  }
}

interface Question {
  readonly messages: readonly DemoMessage[]
  readonly maxTokens: number | undefined
  readonly streams: boolean
  readonly wantsUsage: boolean
}

function readQuestion(
  value: Readonly<Record<string, unknown>> | undefined,
): Question | { readonly refusal: Refusal } {
  if (value === undefined) return { refusal: unreadable }
  const { model, messages } = value
  if (model !== demoModelId) return { refusal: unknownModel(String(model)) }
  if (!Array.isArray(messages) || !messages.every(isMessage) || messages.length === 0) {
    return {
      refusal: {
        status: 400,
        message: '"messages" must be a list of messages with role and content.',
        code: 'invalid_messages',
        param: 'messages',
      },
    }
  }
  const maxTokens = value['max_completion_tokens'] ?? value['max_tokens']
  return {
    messages,
    maxTokens: typeof maxTokens === 'number' && maxTokens >= 1 ? Math.floor(maxTokens) : undefined,
    streams: value['stream'] === true,
    wantsUsage:
      isRecord(value['stream_options']) && value['stream_options']['include_usage'] === true,
  }
}

function isMessage(value: unknown): value is DemoMessage {
  return (
    isRecord(value) && typeof value['role'] === 'string' && typeof value['content'] === 'string'
  )
}

async function answer(
  question: Question,
  response: ServerResponse,
  pauseMs: number,
): Promise<void> {
  const all = tokensOf(demoAnswer(question.messages))
  const tokens = all.slice(0, question.maxTokens)
  const prompt = question.messages.reduce((sum, { content }) => sum + tokensOf(content).length, 0)
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: tokens.length,
    total_tokens: prompt + tokens.length,
  }
  const finishReason = tokens.length < all.length ? 'length' : 'stop'
  const head = {
    id: `chatcmpl-demo-${Date.now().toString(36)}`,
    created: Math.floor(Date.now() / 1000),
    model: demoModelId,
  }
  if (!question.streams) {
    const message = { role: 'assistant', content: tokens.join(''), refusal: null }
    sendJson(response, 200, {
      ...head,
      object: 'chat.completion',
      choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
      usage,
    })
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const send = (choices: readonly unknown[], extra: object = {}) =>
    response.write(
      `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...extra })}\n\n`,
    )
  const choice = (delta: object, reason: string | null = null) => [
    { index: 0, delta, logprobs: null, finish_reason: reason },
  ]
  const left = new AbortController()
  response.once('close', () => left.abort())
  send(choice({ role: 'assistant', content: '', refusal: null }))
  for (const content of tokens) {
    await sleep(pauseMs, undefined, { signal: left.signal })
    send(choice({ content }))
  }
  send(choice({}, finishReason))
  if (question.wantsUsage) send([], { usage })
  response.end('data: [DONE]\n\n')
}

function unknownModel(id: string): Refusal {
  return {
    status: 404,
    message: `The model "${id.slice(0, 100)}" does not exist here. The demo connection has one that answers: "${demoModelId}".`,
    code: 'model_not_found',
    param: 'model',
  }
}
