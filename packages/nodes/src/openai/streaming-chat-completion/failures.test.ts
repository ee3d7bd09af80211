import { createServer } from 'node:net'
import { once } from 'node:events'
import { fakeServices } from '@millrace/engine/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createAddressRules } from '../../http/address-rules.server.ts'
import { fastForward, useFakeClock } from '../../testing/fake-clock.ts'
import { answerEvents, chunkEvent, doneEvent, event } from '../../testing/chunks.ts'
import { runStreaming } from '../../testing/ask-chat-node.server.ts'
import {
  answers,
  holdsAfter,
  refuses,
  startProvider,
  streams,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'

afterEach(() => {
  vi.useRealTimers()
})

const soon = { 'retry-after-ms': '1' }

/** Runs the node against a provider whose attempts are scripted in turn; the last repeats. */
async function attempts(...scripts: readonly ProviderScript[]) {
  await using provider = await startProvider((response, request, number) =>
    (scripts[number - 1] ?? scripts.at(-1))?.(response, request, number),
  )
  const result = await runStreaming({ url: provider.url })
  return { ...result, count: provider.requests.length }
}

describe('retries', () => {
  it.each([408, 409, 429, 500, 502, 503, 529])(
    '[S40] tries twice more after %i, and recovers',
    async (status) => {
      const refusal = refuses(status, { message: 'x' }, soon)
      const { response, count, calls } = await attempts(
        refusal,
        refusal,
        streams(...answerEvents('a')),
      )
      expect(response?.content).toBe('a')
      expect(count).toBe(3)
      expect(calls.map(({ attempt, usage }) => [attempt, usage?.totalTokens])).toEqual([
        [1, undefined],
        [2, undefined],
        [3, 11],
      ])
    },
  )

  it.each([400, 401, 403, 404, 413, 422])('[S42] does not try again after %i', async (status) => {
    expect(await attempts(refuses(status, { message: 'x' }, soon))).toMatchObject({ count: 1 })
  })

  it('[S40] does what the provider says about trying again', async () => {
    const never = refuses(500, { message: 'x' }, { 'x-should-retry': 'false' })
    expect(await attempts(never)).toMatchObject({ count: 1 })
  })

  it('[S42] does not try again when the quota is used up', async () => {
    const { count, error } = await attempts(
      refuses(429, { message: 'x', code: 'insufficient_quota' }, soon),
    )
    expect(count).toBe(1)
    expect(error).toMatchObject({ code: 'provider_limited', retryable: false })
  })

  it('[S40] tries again when the connection breaks before the answer', async () => {
    useFakeClock()
    await using provider = await startProvider((response, request, number) =>
      number === 1
        ? void response.socket?.destroy()
        : streams(...answerEvents('a'))(response, request, number),
    )
    const { response } = await fastForward(runStreaming({ url: provider.url }))
    expect(response?.content).toBe('a')
  })

  it('[S43] never tries again once something was streamed', async () => {
    await using provider = await startProvider(streams(chunkEvent({ content: 'a' })))
    const { error } = await runStreaming({ url: provider.url })
    expect(error?.code).toBe('upstream_truncated')
    expect(provider.requests).toHaveLength(1)
  })
})

describe('errors', () => {
  it.each([
    [
      401,
      { message: 'Incorrect API key provided: sk-secret', code: 'invalid_api_key' },
      'provider_unauthorized',
      'connection',
    ],
    [403, { message: 'x' }, 'provider_unauthorized', 'connection'],
    [
      404,
      { message: 'The model `gpt-4o-mini` does not exist', code: 'model_not_found' },
      'provider_model_unknown',
      'modelId',
    ],
    [
      404,
      { message: 'model "gpt-4o-mini" not found, try pulling it first' },
      'provider_model_unknown',
      'modelId',
    ],
    [400, { message: 'x', code: 'model_not_found' }, 'provider_model_unknown', 'modelId'],
    [404, { message: 'Not found' }, 'provider_failed', 'connection'],
    [400, { message: 'Too long.', code: 'context_length_exceeded' }, 'provider_failed', undefined],
    [307, { message: 'x' }, 'provider_failed', 'connection'],
    [429, { message: 'x' }, 'provider_limited', undefined],
    [500, { message: 'x' }, 'provider_failed', undefined],
  ] as const)('[S49] [S50] says what to do about %i %o', async (status, body, code, property) => {
    const { error } = await attempts(refuses(status, body, soon))
    expect(error).toMatchObject({ code, details: { status, partial: '' } })
    expect(error?.property).toBe(property)
    expect(error?.message).toContain('"Test provider"')
    expect(error?.message).not.toContain('sk-secret')
  })

  it('[S50] takes the key out of what a provider says', async () => {
    const { error } = await attempts(refuses(400, { message: 'Bad key sk-secret here' }))
    expect(error?.message).toBe('"Test provider" could not answer (400): Bad key [secret] here')
  })

  it.each([
    [
      'in the middle of its answer',
      (message: string) => streams(`data: ${JSON.stringify({ error: { message } })}\n\n`),
    ],
    ['in place of its answer', (message: string) => answers({ error: { message } })],
    ['with a status', (message: string) => refuses(400, { message })],
  ] as const)(
    '[S50] leaves no part of the key where it cuts what a provider says %s short',
    async (_, script) => {
      const { error } = await attempts(script(`${'x'.repeat(295)}sk-secret`))
      expect(error?.message).toMatch(/: x{295}\[secr$/)
    },
  )

  it('[S50] takes the key out of what a provider says in the middle of its answer', async () => {
    const failure = { error: { message: 'Quota of sk-secret is used up' } }
    const { error } = await attempts(
      streams(chunkEvent({ content: 'a' }), `data: ${JSON.stringify(failure)}\n\n`),
    )
    expect(error).toMatchObject({
      code: 'provider_failed',
      message: '"Test provider" broke off its answer: Quota of [secret] is used up',
      details: { partial: 'a' },
    })
  })

  it.each([
    ['with a finish reason', chunkEvent({}, { finishReason: 'error' }), ' (error). Try again.'],
    ['in place of a chunk', event({ object: 'error', message: 'No room.' }), ': No room.'],
    ['without a word', event({ object: 'error' }), '. Try again.'],
    ['in a field of Groq’s', event({ x_groq: { error: 'over capacity' } }), ': over capacity'],
  ])('[S37] says that an answer was broken off %s', async (_, late, said) => {
    const { error } = await attempts(streams(chunkEvent({ content: 'a' }), late, doneEvent))
    expect(error).toMatchObject({
      code: 'provider_failed',
      retryable: true,
      message: `"Test provider" broke off its answer${said}`,
      details: { partial: 'a' },
    })
  })

  it.each([
    [{ apiKey: 'sk-…' }, 'The API key of "Test provider"'],
    [{ apiKey: 'sk-a\nb' }, 'The API key of "Test provider"'],
    [{ organization: 'org-→' }, 'The organization of "Test provider"'],
    [{ headers: { 'x-team': '水車' } }, 'The header "x-team" of "Test provider"'],
    [{ headers: { 'x team': 'mill' } }, 'The header "x team" of "Test provider"'],
  ])('[S21] names what of a connection cannot be sent: %j', async (fields, what) => {
    const { error } = await runStreaming({ url: 'http://127.0.0.1:9/v1', fields })
    expect(error).toMatchObject({ code: 'provider_unauthorized', property: 'connection' })
    expect(error?.message).toContain(what)
    expect(error?.message).not.toContain('sk-a')
  })

  it('[S21] refuses a header that says how a request is sent, and names it', async () => {
    const fields = { headers: { 'Content-Length': '5' } }
    const { error } = await runStreaming({ url: 'http://127.0.0.1:9/v1', fields })
    expect(error).toMatchObject({ code: 'input_invalid', property: 'connection' })
    expect(error?.message).toContain('The header "Content-Length" of "Test provider"')
  })

  it('[S50] refuses a base URL that holds a password, without repeating it', async () => {
    const { error } = await runStreaming({ url: 'http://mill:wheel@127.0.0.1:9/v1' })
    expect(error).toMatchObject({ code: 'provider_unreachable', property: 'connection' })
    expect(error?.message).toBe(
      'The base URL of "Test provider" holds a user name or password, which is not sent. Put it into API key or Headers.',
    )
  })

  it.each([
    ['7', 7],
    [new Date(Date.now() - 1000).toUTCString(), 0],
  ])('passes on that the provider wants a wait of %s', async (header, retryAfter) => {
    const { error } = await attempts(
      refuses(429, { message: 'x' }, { ...soon, 'retry-after': header }),
    )
    expect(error).toMatchObject({
      code: 'provider_limited',
      retryable: true,
      details: { retryAfter },
    })
  })

  it('[S49] says that nothing listens at the address', async () => {
    useFakeClock()
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    server.close()
    const port = typeof address === 'object' ? address?.port : undefined
    const { error, calls } = await fastForward(runStreaming({ url: `http://127.0.0.1:${port}/v1` }))
    expect(error).toMatchObject({
      code: 'provider_unreachable',
      property: 'connection',
      retryable: true,
      message: `"Test provider" cannot be reached at http://127.0.0.1:${port}/v1: nothing listens there. Check the base URL of the connection, and whether the server runs.`,
    })
    expect(calls).toHaveLength(3)
  })

  // On the real clock: how long the system's resolver takes is not ours to hurry.
  it('says that the name of the host is not known', { timeout: 30_000 }, async () => {
    const { error } = await runStreaming({ url: 'http://no-such-host.invalid/v1' })
    expect(error).toMatchObject({ code: 'provider_unreachable' })
  })

  it.each([
    'http://127.0.0.1:9/v1',
    'http://[::1]:9/v1',
    'http://localhost:9/v1',
    'http://2130706433:9/v1',
    'http://[::ffff:127.0.0.1]:9/v1',
    'http://169.254.169.254/v1',
  ])('[S51] refuses the address %s at once', async (url) => {
    const services = {
      ...fakeServices(),
      mayConnect: createAddressRules({ allow: [], allowLoopback: false }),
    }
    const { error, calls } = await runStreaming({ url, services })
    expect(error).toMatchObject({
      code: 'address_refused',
      property: 'connection',
      retryable: false,
    })
    expect(error?.message).toContain('MILLRACE_ALLOW_HOSTS')
    expect(calls).toHaveLength(1)
  })

  it.each(['not an address', 'file:///etc/passwd', 'localhost:11434/v1'])(
    'says that the base URL "%s" is no web address',
    async (url) => {
      const { error } = await runStreaming({ url })
      expect(error).toMatchObject({ code: 'provider_unreachable', property: 'connection' })
      expect(error?.message).toContain('is no web address')
    },
  )

  it('[S37] says that something else than HTTP answers', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    useFakeClock()
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const { error } = await fastForward(runStreaming({ url: `http://127.0.0.1:${port}/v1` }))
    server.close()
    expect(error).toMatchObject({ code: 'upstream_protocol', property: 'connection' })
  })
})

describe('malformed answers', () => {
  /** Runs the node against a server that sends these bytes as they are, and closes. */
  async function answeredWith(...pieces: readonly string[]) {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(pieces.join('\r\n')))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const result = await runStreaming({ url: `http://127.0.0.1:${port}/v1` })
    server.close()
    return result
  }
  const head = ['HTTP/1.1 200 OK', 'content-type: text/event-stream', 'transfer-encoding: chunked']
  const first = chunkEvent({ content: 'a' })
  const firstChunk = [first.length.toString(16), first]

  it('[S37] fails on framing that is broken in the middle, with what came before', async () => {
    const { error, messages } = await answeredWith(...head, '', ...firstChunk, 'no length', '')
    expect(messages).toEqual([{ content: 'a', index: 0 }])
    expect(error).toMatchObject({ code: 'upstream_protocol', details: { partial: 'a' } })
  })

  it('[S36] fails on a body that ends inside its framing', async () => {
    const { error } = await answeredWith(...head, '', ...firstChunk, 'ff', 'data: ')
    expect(error).toMatchObject({ code: 'upstream_disconnected', details: { partial: 'a' } })
  })

  it('[S35] [S37] never takes bytes that are no stream for an answer', async () => {
    const samples = fc.sample(fc.uint8Array({ maxLength: 300 }), { numRuns: 40, seed: 1 })
    await using provider = await startProvider((response, request, number) =>
      streams(samples[number - 1] ?? '')(response, request, number),
    )
    const services = fakeServices()
    for (const _ of samples) {
      const { error, messages } = await runStreaming({ url: provider.url, services })
      expect(messages).toEqual([])
      expect(error).toMatchObject({ code: 'upstream_truncated', details: { partial: '' } })
    }
  })
})

describe('clocks', () => {
  it('[S46] waits 60 seconds for the first byte, and asks only once', async () => {
    useFakeClock()
    let arrived: (() => void) | undefined
    const arrival = new Promise<void>((resolve) => (arrived = resolve))
    await using provider = await startProvider(() => arrived?.())
    const running = runStreaming({ url: provider.url })
    await arrival
    await vi.advanceTimersByTimeAsync(59_000)
    expect(provider.requests[0]).toBeDefined()
    await vi.advanceTimersByTimeAsync(2_000)
    const { error } = await running
    await provider.requests[0]?.closed
    expect(error).toMatchObject({ code: 'timeout', retryable: true, details: { partial: '' } })
    expect(error?.message).toContain('within 60 seconds')
    expect(provider.requests).toHaveLength(1)
  })

  it('[S47] waits 120 seconds between two pieces', async () => {
    useFakeClock()
    let seen: (() => void) | undefined
    const first = new Promise<void>((resolve) => (seen = resolve))
    await using provider = await startProvider(holdsAfter(chunkEvent({ content: 'a' })))
    const running = runStreaming({
      url: provider.url,
      block: () => {
        seen?.()
        return { kind: 'next' }
      },
    })
    let isOver = false
    void running.then(() => (isOver = true))
    await first
    await vi.advanceTimersByTimeAsync(119_000)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(2_000)
    const { error } = await running
    await provider.requests[0]?.closed
    expect(error).toMatchObject({ code: 'timeout', details: { partial: 'a' } })
    expect(error?.message).toContain('for 120 seconds')
  })

  it('[S25] [S47] does not take the time of a busy sub-block for silence of the provider', async () => {
    useFakeClock()
    const content = 'x'.repeat(10_000)
    // More than waits for a reader at once, so that the provider is held back.
    const pieces = Array.from({ length: 100 }, () => content)
    await using provider = await startProvider(streams(...answerEvents(...pieces)))
    let isFirst = true
    const { response, error } = await fastForward(
      runStreaming({
        url: provider.url,
        block: async () => {
          if (isFirst) await new Promise((resolve) => setTimeout(resolve, 300_000))
          isFirst = false
          return { kind: 'next' }
        },
      }),
    )
    expect(error).toBeUndefined()
    expect(response?.content).toHaveLength(1_000_000)
  })
})
