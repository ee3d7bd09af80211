import OpenAI, { APIError } from 'openai'
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  type FakeModelServerOptions,
  bytesAnswer,
  cutBytes,
  doneEvent,
  errorAnswers,
  sseEvent,
  startFakeModelServer,
  textAnswer,
} from './fake-model-server.ts'

describe('a streamed answer', () => {
  it('arrives token by token with its finish reason and the usage that was asked for', async () => {
    await using world = await startWorld({ models: { m: textAnswer('Hello, dear world') } })
    const chunks = await Array.fromAsync(await world.stream({ include_usage: true }))
    expect(chunks.map(({ choices: [choice] }) => choice?.delta)).toEqual([
      { role: 'assistant', content: '', refusal: null },
      { content: 'Hello,' },
      { content: ' dear' },
      { content: ' world' },
      {},
      undefined,
    ])
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
    expect(chunks.map(({ usage }) => usage?.total_tokens)).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      12,
    ])
  })

  it('carries no usage key when none was asked for', async () => {
    await using world = await startWorld({ models: { m: textAnswer('Hello') } })
    const body = await world.readBytes()
    expect(body).not.toContain('usage')
    expect(body.endsWith(`"finish_reason":"stop"}]}\n\n${doneEvent}`)).toBe(true)
  })

  it('waits before each piece', async () => {
    await using world = await startWorld({ models: { m: textAnswer('Hello', { delayMs: 10 }) } })
    const startedAt = performance.now()
    await world.text()
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(35)
  })

  it('pauses until the test lets it go on', async () => {
    const rest = Promise.withResolvers<void>()
    const pause = { afterTokens: 1, until: rest.promise }
    await using world = await startWorld({ models: { m: textAnswer('Hello you', { pause }) } })
    let text = ''
    for await (const chunk of await world.stream()) {
      text += chunk.choices[0]?.delta.content ?? ''
      if (text === 'Hello') rest.resolve()
    }
    expect(text).toBe('Hello you')
  })

  it('can be a refusal, or end for another reason', async () => {
    await using world = await startWorld({
      models: {
        m: [
          textAnswer('I cannot', { field: 'refusal' }),
          textAnswer('Hell', { finishReason: 'length' }),
          textAnswer('', { finishReason: 'content_filter' }),
        ],
      },
    })
    const outcomes = []
    for (const _ of [1, 2, 3]) {
      const { choices } = await world.client.chat.completions
        .stream({ model: 'm', messages: [] })
        .finalChatCompletion()
        .catch((error: unknown) => ({ choices: [{ finish_reason: String(error) }] }))
      const [choice] = choices
      const refusal = choice && 'message' in choice ? choice.message.refusal : undefined
      outcomes.push(refusal ?? choice?.finish_reason)
    }
    expect(outcomes).toEqual(['I cannot', 'length', 'content_filter'])
  })
})

describe('bytes', () => {
  const stream = [textEvent('Grüße'), textEvent(' 👋'), doneEvent].join('')

  it('mean the same wherever they are cut', async () => {
    const offsets = Array.from({ length: stream.length - 1 }, (_, index) => index + 1)
    await using world = await startWorld({
      models: { m: bytesAnswer(cutBytes(stream, offsets)) },
    })
    expect(await world.text()).toBe('Grüße 👋')
  })

  it('are all delivered before the socket is cut', async () => {
    await using world = await startWorld({ models: { m: bytesAnswer([stream], { end: 'cut' }) } })
    const response = await world.post()
    let received = ''
    const reading = (async () => {
      for await (const chunk of response.body ?? []) received += Buffer.from(chunk).toString()
    })()
    await expect(reading).rejects.toThrow('terminated')
    expect(received).toBe(stream)
    expect(await world.provider.requests[0]?.ended).toMatchObject({ how: 'cut' })
  })
})

describe('the end of a stream', () => {
  it('can lack [DONE]', async () => {
    await using world = await startWorld({
      models: { m: textAnswer('Hello', { end: 'no-done' }) },
    })
    expect(await world.readBytes()).not.toContain('[DONE]')
  })

  it.each([
    [{ cutAfterEvents: 2 }, /"content":"Hello"\}.*\n\n$/],
    [{ cutAfterBytes: 20 }, /^data: \{"id":"chatcmp$/],
  ])('can be a cut after %o', async (end, received) => {
    await using world = await startWorld({ models: { m: textAnswer('Hello you', { end }) } })
    await expect(world.readBytes()).rejects.toMatchObject({
      received: expect.stringMatching(received),
    })
  })

  it('can be held back until the client leaves, which is recorded', async () => {
    await using world = await startWorld({ models: { m: textAnswer('Hello', { end: 'hold' }) } })
    for await (const chunk of await world.stream()) {
      if (chunk.choices[0]?.finish_reason === 'stop') break
    }
    const end = await world.provider.requests[0]?.ended
    expect(end?.how).toBe('client-left')
  })

  it('can be silence from the start', async () => {
    await using world = await startWorld({ models: { m: { kind: 'silence' } } })
    const signal = AbortSignal.timeout(50)
    await expect(world.stream(undefined, signal)).rejects.toThrow('aborted')
    const end = await world.provider.requests[0]?.ended
    expect(end?.how).toBe('client-left')
  })
})

describe('what is not streamed', () => {
  it('answers whole', async () => {
    await using world = await startWorld({ models: { m: textAnswer('Hello you') } })
    const { choices, usage } = await world.client.chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
    })
    expect(choices[0]?.message.content).toBe('Hello you')
    expect(usage?.total_tokens).toBe(11)
  })

  it('lists its models', async () => {
    await using world = await startWorld({ models: { m: textAnswer(''), n: textAnswer('') } })
    const models = await Array.fromAsync(world.client.models.list())
    expect(models.map(({ id }) => id)).toEqual(['m', 'n'])
  })

  it('embeds in the encoding that the package asks for', async () => {
    await using world = await startWorld({ embed: (text) => [text.length, 0.5] })
    const { data } = await world.client.embeddings.create({ model: 'e', input: ['ab', 'abc'] })
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [2, 0.5],
      [3, 0.5],
    ])
  })
})

describe('a refused request', () => {
  it.each([
    [errorAnswers.rateLimited(20), 429, 'rate_limit_exceeded'],
    [errorAnswers.insufficientQuota(), 429, 'insufficient_quota'],
    [errorAnswers.contextTooLong(), 400, 'context_length_exceeded'],
    [errorAnswers.serverError(), 500, null],
  ])('says why: %o', async (answer, status, code) => {
    await using world = await startWorld({ models: { m: answer } })
    const error = await world.failure()
    expect({ status: error.status, code: error.code }).toEqual({ status, code })
  })

  it('tells when to come back', async () => {
    await using world = await startWorld({ models: { m: errorAnswers.rateLimited(20) } })
    const { headers } = await world.failure()
    expect(headers?.get('retry-after')).toBe('20')
  })

  it('has a wrong key or names an unknown model', async () => {
    await using wrongKey = await startWorld({ apiKey: 'sk-right' })
    expect(await wrongKey.failure()).toMatchObject({ status: 401, code: 'invalid_api_key' })
    await using wrongModel = await startWorld({ models: {} })
    expect(await wrongModel.failure()).toMatchObject({ status: 404, code: 'model_not_found' })
  })

  it('can succeed when it is repeated', async () => {
    const answers: Answer[] = [errorAnswers.serverError(), textAnswer('Hello')]
    await using world = await startWorld({ models: { m: answers } }, { maxRetries: 1 })
    expect(await world.text()).toBe('Hello')
    expect(world.provider.requests).toHaveLength(2)
  })
})

it('answers by the request and records it', async () => {
  await using world = await startWorld({
    models: { m: ({ body }) => textAnswer(Object.keys(body as object).join(' ')) },
  })
  expect(await world.text()).toBe('model messages stream')
  const [request] = world.provider.requests
  expect(request).toMatchObject({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { authorization: 'Bearer sk-test' },
    body: { model: 'm', stream: true },
  })
  expect(await request?.ended).toMatchObject({ how: 'answered' })
})

async function startWorld(options: FakeModelServerOptions, { maxRetries = 0 } = {}) {
  const provider = await startFakeModelServer(options)
  const client = new OpenAI({ baseURL: provider.url, apiKey: 'sk-test', maxRetries })
  const request: OpenAI.ChatCompletionCreateParamsStreaming = {
    model: 'm',
    messages: [],
    stream: true,
  }

  const stream = (stream_options?: { include_usage: boolean }, signal?: AbortSignal) =>
    client.chat.completions.create(
      { ...request, ...(stream_options && { stream_options }) },
      signal && { signal },
    )
  const post = () =>
    fetch(`${provider.url}/chat/completions`, { method: 'POST', body: JSON.stringify(request) })

  return {
    provider,
    client,
    stream,
    post,
    [Symbol.asyncDispose]: () => provider.close(),

    async text() {
      const chunks = await Array.fromAsync(await stream())
      return chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
    },

    /** The body as it was sent; the error of a body that was cut has what came before as `received`. */
    async readBytes() {
      const response = await post()
      let received = ''
      try {
        for await (const chunk of response.body ?? []) received += Buffer.from(chunk).toString()
      } catch (cause) {
        throw Object.assign(new Error('cut', { cause }), { received })
      }
      return received
    },

    async failure() {
      const error: unknown = await stream().catch((reason: unknown) => reason)
      if (!(error instanceof APIError)) throw new Error(`No API error: ${String(error)}`)
      return error
    },
  }
}

function textEvent(content: string): string {
  return sseEvent({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
}
