import { once } from 'node:events'
import { createServer } from 'node:net'
import { fakeServices } from '@millrace/engine/testing'
import { checkFlow } from '@millrace/flow'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createAddressRules } from '../../http/address-rules.server.ts'
import { registry } from '../../registry.ts'
import {
  runStreaming,
  streamFrom,
  type ChatRun,
  type ChatSetup,
} from '../../testing/ask-chat-node.server.ts'
import { chunkEvent } from '../../testing/chunks.ts'
import { fastForward, useFakeClock } from '../../testing/fake-clock.ts'
import {
  breaksAfter,
  holdsAfter,
  refuses,
  streams,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** What a designer reads, and where. */
function wordsOf({ error }: ChatRun): string {
  return `${error?.property ?? '-'}: ${error?.message}`
}

async function words(script: ProviderScript, setup: Omit<ChatSetup, 'url'> = {}): Promise<string> {
  return wordsOf(await streamFrom(script, setup))
}

const never = { 'x-should-retry': 'false' }
const openAiTooLong =
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."

describe('the words of an error', () => {
  it('[S49] name a connection that is missing, before the run', () => {
    const flow = {
      format: 'millrace/flow' as const,
      version: 1 as const,
      id: 'test',
      name: 'Test',
      nodes: [
        {
          id: 'chat',
          type: 'openai.chatCompletion',
          title: 'Ask',
          properties: { connection: 'gone', modelId: 'm', userPrompt: 'Hi' },
        },
      ],
      edges: [],
    }
    const [problem] = checkFlow(flow, registry, { connections: new Map() })
    expect(problem).toMatchObject({ code: 'connection_missing', property: 'connection' })
    expect(problem?.message).toMatchInlineSnapshot(
      `""Connection" of "Ask" names the connection "gone", which does not exist here. Create it, or choose another."`,
    )
  })

  it.each<[string, ProviderScript, string]>([
    [
      'an unknown model',
      refuses(404, { message: 'x', code: 'model_not_found' }),
      'modelId: "Test provider" has no model "gpt-4o-mini", or the key may not use it. Choose another in Model id.',
    ],
    [
      'a wrong key',
      refuses(401, { message: 'x', code: 'invalid_api_key' }),
      'connection: "Test provider" refused the API key (401). Check the key of the connection, and what it may use.',
    ],
    [
      'a rate limit',
      refuses(429, { message: 'x' }, never),
      '-: "Test provider" gets too many requests (429). Try again later.',
    ],
    [
      'a rate limit with a wait',
      refuses(429, { message: 'x' }, { ...never, 'retry-after': '20' }),
      '-: "Test provider" gets too many requests (429). Try again in 20 s.',
    ],
    [
      'a spent quota',
      refuses(429, { message: 'x', code: 'insufficient_quota' }),
      '-: The quota of "Test provider" is used up. Check its plan and billing.',
    ],
    [
      'a context that is too long',
      refuses(400, { message: openAiTooLong, code: 'context_length_exceeded', param: 'messages' }),
      `-: "Test provider" refused the messages as too long for "gpt-4o-mini" (400). Shorten the history, attach a History reducer, or shorten the context: ${openAiTooLong}`,
    ],
    [
      'a context that is too long, without a code',
      refuses(400, { message: 'Input exceeds the context window.' }),
      '-: "Test provider" refused the messages as too long for "gpt-4o-mini" (400). Shorten the history, attach a History reducer, or shorten the context: Input exceeds the context window.',
    ],
    [
      'a redirect',
      refuses(307, { message: 'x' }, { location: 'https://elsewhere.example/v1' }),
      'connection: "Test provider" moved: it answered with a redirect (307), which is not followed. Put the new address into its base URL.',
    ],
    [
      'a fault of the provider',
      (response) => void response.writeHead(500, never).end(),
      '-: "Test provider" could not answer (500). Try again later.',
    ],
    [
      'a stream that ends early',
      streams(chunkEvent({ content: 'a' })),
      '-: "Test provider" ended its stream before the answer was complete. Try again.',
    ],
    [
      'a connection that breaks',
      breaksAfter(chunkEvent({ content: 'a' })),
      '-: "Test provider" closed its connection before the answer was complete. Try again.',
    ],
    [
      'garbage in the stream',
      streams('data: {"choices":[{\n\n'),
      'connection: "Test provider" sent something that is not part of a chat completion. Check the base URL of the connection; it often ends with /v1.',
    ],
    [
      'a page in place of an answer',
      (response) =>
        void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
      'connection: "Test provider" sent something that is not part of a chat completion. Check the base URL of the connection; it often ends with /v1.',
    ],
    [
      'a page in place of an address',
      (response) =>
        void response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html>'),
      'connection: There is no chat completion at http://127.0.0.1:<port>/v1 (404). Check the base URL of "Test provider"; it often ends with /v1.',
    ],
    [
      'the page of a gateway',
      (response) =>
        void response
          .writeHead(502, { 'content-type': 'text/html', ...never })
          .end('<!doctype html>'),
      '-: "Test provider" could not answer (502). Try again later.',
    ],
    [
      'an event without end',
      streams('data: ', 'x'.repeat(1_100_000)),
      'connection: "Test provider" sent an event of more than 1048576 characters. Check what answers at the base URL of the connection.',
    ],
    [
      'an error in the stream',
      streams(`data: {"error":{"message":"Overloaded."}}\n\n`),
      '-: "Test provider" broke off its answer: Overloaded.',
    ],
  ])('[S49] name what it is about and say what to do: %s', async (_, script, expected) => {
    expect((await words(script)).replace(/:\d+\/v1/, ':<port>/v1')).toBe(expected)
  })

  it('[S49] [S51] name the address that is refused, and who can let it in', async () => {
    const services = {
      ...fakeServices(),
      mayConnect: createAddressRules({ allow: [], allowLoopback: false }),
    }
    expect(wordsOf(await runStreaming({ url: 'http://10.0.0.5:8080/v1', services }))).toBe(
      'connection: "Test provider" leads to "10.0.0.5", which is inside a private or reserved network that this server does not reach by itself. Use another address, or let an operator add "10.0.0.5:8080" to MILLRACE_ALLOW_HOSTS.',
    )
  })

  it('[S49] name the address where nothing listens', async () => {
    useFakeClock()
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    server.close()
    const url = `http://127.0.0.1:${port}/v1`
    expect(wordsOf(await fastForward(runStreaming({ url })))).toBe(
      `connection: "Test provider" cannot be reached at ${url}: nothing listens there. Check the base URL of the connection, and whether the server runs.`,
    )
  })

  it('[S46] [S49] tell silence before the answer from silence in it', async () => {
    useFakeClock()
    expect(await fastForward(words(holdsAfter()))).toBe(
      '-: "Test provider" did not begin to answer within 60 seconds. Try again, or take a faster model.',
    )
    expect(await fastForward(words(holdsAfter(chunkEvent({ content: 'a' }))))).toBe(
      '-: "Test provider" fell silent: nothing came for 120 seconds in the middle of its answer. Try again.',
    )
  })

  it.each<[string, ProviderScript]>([
    ['a refusal', refuses(400, { message: 'Bad sk-secret' })],
    ['an error in the stream', streams(`data: {"error":{"message":"Bad sk-secret"}}\n\n`)],
    ['a wrong key', refuses(401, { message: 'Incorrect API key provided: sk-secret' })],
    ['garbage', streams('data: sk-secret, My prompt\n\n')],
  ])('[S50] hold neither the key nor the prompt: %s', async (_, script) => {
    const said = await words(script, { properties: { userPrompt: 'My prompt' } })
    expect(said).not.toContain('sk-secret')
    expect(said).not.toContain('My prompt')
  })
})
