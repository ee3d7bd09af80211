import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { exceedsDepth, isRecord } from '@millrace/flow'
import { demoAnswer, tokensOf, type DemoMessage } from './demo-answer.ts'

/** The only model that the demo connection has. */
export const demoModelId = 'demo'

/** About the pace of a model that writes faster than one reads. */
const tokensPerSecond = 35
const maxBodyBytes = 1024 * 1024

/** A running demo model. */
export interface DemoModel {
  /** The base URL of a connection to it. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Starts the demo model: an HTTP server on a free port of this machine alone, which speaks OpenAI's
 * chat completions, streamed or not, and lists its one model. Whoever starts it closes it.
 */
export async function startDemoModel(
  options: { readonly tokensPerSecond?: number } = {},
): Promise<DemoModel> {
  const pauseMs = 1000 / (options.tokensPerSecond ?? tokensPerSecond)
  const server = createServer((request, response) => {
    // A client that left while it was being answered is no fault of anybody's.
    respond(request, response, pauseMs).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async close() {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  pauseMs: number,
): Promise<void> {
  const path = request.url?.split('?')[0]
  if (request.method === 'GET' && path === '/v1/models') {
    sendJson(response, 200, { object: 'list', data: [modelEntry] })
  } else if (request.method === 'GET' && path?.startsWith('/v1/models/') === true) {
    const id = decodeURIComponent(path.slice('/v1/models/'.length))
    if (id === demoModelId) sendJson(response, 200, modelEntry)
    else refuse(response, 404, unknownModel(id))
  } else if (request.method === 'POST' && path === '/v1/chat/completions') {
    const asked = readQuestion(await readBody(request))
    if ('refusal' in asked) refuse(response, asked.refusal.status, asked.refusal)
    else await answer(asked, response, pauseMs)
  } else {
    refuse(response, 404, {
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

interface Refusal {
  readonly message: string
  readonly code: string
  readonly param: string | null
}

function readQuestion(
  body: string | undefined,
): Question | { readonly refusal: Refusal & { readonly status: number } } {
  const value = body === undefined ? undefined : parse(body)
  if (!isRecord(value) || exceedsDepth(value, 64)) {
    return {
      refusal: {
        status: 400,
        message: 'The body must be a JSON object.',
        code: 'invalid_body',
        param: null,
      },
    }
  }
  const { model, messages } = value
  if (model !== demoModelId) return { refusal: { status: 404, ...unknownModel(String(model)) } }
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

const modelEntry = {
  id: demoModelId,
  object: 'model',
  created: 1_767_225_600,
  owned_by: 'millrace',
}

function unknownModel(id: string): Refusal {
  return {
    message: `The model "${id.slice(0, 100)}" does not exist here. The demo connection has one model: "${demoModelId}".`,
    code: 'model_not_found',
    param: 'model',
  }
}

function refuse(response: ServerResponse, status: number, { message, code, param }: Refusal): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param, code } })
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

/** The text of a body; `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // no encoding is set
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
