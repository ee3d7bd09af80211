import { cancelled, next } from '@millrace/engine'
import { expectFigure, fakeServices, rounds } from '@millrace/engine/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerEvents, chunkEvent, doneEvent, event } from '../../testing/chunks.ts'
import { fastForward, useFakeClock } from '../../testing/fake-clock.ts'
import { runStreaming, streamFrom } from '../../testing/ask-chat-node.server.ts'
import {
  breaksAfter,
  holdsAfter,
  refuses,
  startProvider,
  streams,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'

afterEach(() => {
  vi.useRealTimers()
})

const contents = (messages: readonly { readonly content: string }[]) =>
  messages.map(({ content }) => content)

describe('messages', () => {
  it('[S23] gives each piece of the answer to the sub-block, counted from 0', async () => {
    const { messages, deltas } = await streamFrom(streams(...answerEvents('Hel', 'lo')))
    expect(messages).toEqual([
      { content: 'Hel', index: 0 },
      { content: 'lo', index: 1 },
    ])
    expect(deltas.join('')).toBe('Hello')
  })

  it('shows what one read brought as one delta, and runs the block for each message in it', async () => {
    const { messages, deltas } = await streamFrom(streams(answerEvents('a', 'b', 'c').join('')))
    expect(deltas).toEqual(['abc'])
    expect(contents(messages)).toEqual(['a', 'b', 'c'])
  })

  it('[S25] ends the block for a message before it takes the next', async () => {
    const log: string[] = []
    const block = async ({ content }: { readonly content: string }) => {
      log.push(`start ${content}`)
      await new Promise((resolve) => setImmediate(resolve))
      log.push(`end ${content}`)
      return next
    }
    await streamFrom(streams(answerEvents('a', 'b').join('')), { block })
    expect(log).toEqual(['start a', 'end a', 'start b', 'end b'])
  })

  it('[S26] goes on with the next message after a continue', async () => {
    const { messages } = await streamFrom(streams(...answerEvents('a', 'b')), {
      block: () => ({ kind: 'continue' }),
    })
    expect(contents(messages)).toEqual(['a', 'b'])
  })

  it('[S26] stops the model after a break, and goes on with what came', async () => {
    await using provider = await startProvider(holdsAfter(chunkEvent({ content: 'a' })))
    const result = await runStreaming({ url: provider.url, block: () => ({ kind: 'break' }) })
    await provider.requests[0]?.closed
    expect(result).toMatchObject({
      end: next,
      response: { content: 'a', finishReason: null, usage: null },
    })
  })

  it('[S26] stops the model after a return, and hands it on', async () => {
    await using provider = await startProvider(holdsAfter(chunkEvent({ content: 'a' })))
    const end = { kind: 'return', value: 5 } as const
    const result = await runStreaming({ url: provider.url, block: () => end })
    await provider.requests[0]?.closed
    expect(result).toMatchObject({ end, response: undefined })
  })

  it('[S26] stops the model when the block fails, and fails with its error', async () => {
    await using provider = await startProvider(holdsAfter(chunkEvent({ content: 'a' })))
    const result = await runStreaming({
      url: provider.url,
      block: () => Promise.reject(new Error('inside')),
    })
    await provider.requests[0]?.closed
    expect(result.error).toMatchObject({ code: 'internal' })
  })
})

describe('request', () => {
  it('[S18] [S19] [S20] asks for a stream with usage, with the defaults', async () => {
    const { requests } = await streamFrom(streams(...answerEvents('a')))
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-secret', 'content-type': 'application/json' },
      body: {
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: 'Hi' }],
        temperature: 0.7,
        stream: true,
        stream_options: { include_usage: true },
      },
    })
    expect(requests[0]?.body).not.toHaveProperty('max_completion_tokens')
  })

  it('[S19] [S21] sends what the designer set, and the headers of the connection', async () => {
    const { requests } = await streamFrom(streams(...answerEvents('a')), {
      properties: { temperature: 0, maxCompletionTokens: 5, systemPrompt: 'S', context: 'C' },
      fields: { organization: 'org-1', headers: { 'x-gateway': 'g' } },
    })
    expect(requests[0]).toMatchObject({
      headers: { 'openai-organization': 'org-1', 'x-gateway': 'g' },
      body: {
        temperature: 0,
        max_completion_tokens: 5,
        messages: [
          { role: 'system', content: 'S' },
          { role: 'user', content: 'CONTEXT:\nC\n\nUSER QUESTION:\nHi' },
        ],
      },
    })
  })

  it('[S21] sends no key where the connection has none', async () => {
    const { requests } = await streamFrom(streams(...answerEvents('a')), { fields: { apiKey: '' } })
    expect(requests[0]?.headers).not.toHaveProperty('authorization')
  })

  it('[S17] sends the history as its reducer leaves it', async () => {
    const history = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ]
    const { requests, response } = await streamFrom(streams(...answerEvents('x')), {
      properties: { history: JSON.stringify([{ role: 'user', content: 'old' }, ...history]) },
      reducer: { reduce: (all) => Promise.resolve(all.slice(1)) },
    })
    const asked = [...history, { role: 'user', content: 'Hi' }]
    expect(requests[0]?.body['messages']).toEqual(asked)
    expect(response?.history).toEqual([...asked, { role: 'assistant', content: 'x' }])
  })

  it('[S16] fails before it asks when the history cannot be read', async () => {
    const { error, requests } = await streamFrom(streams(), { properties: { history: 'Hello' } })
    expect(error).toMatchObject({ code: 'input_invalid', property: 'history' })
    expect(error?.message).toContain('The history of "Chat"')
    expect(requests).toEqual([])
  })

  const refusal = refuses(400, {
    message: "Unsupported value: 'temperature' does not support 0.7 with this model.",
    param: 'temperature',
    code: 'unsupported_value',
  })
  const withoutTemperature: ProviderScript = (response, request, number) =>
    'temperature' in request.body
      ? refusal(response, request, number)
      : streams(...answerEvents('a'))(response, request, number)

  it('[S18] asks again without a temperature that the model refuses and nobody set', async () => {
    const { response, calls, logs } = await streamFrom(withoutTemperature)
    expect(response?.content).toBe('a')
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2])
    expect(logs).toEqual(['"gpt-4o-mini" takes no temperature, so it is asked again without it.'])
  })

  it('[S18] fails when the model refuses the temperature that the designer set', async () => {
    const { error, requests } = await streamFrom(withoutTemperature, {
      properties: { temperature: 0.7 },
    })
    expect(error).toMatchObject({ code: 'provider_failed', retryable: false })
    expect(requests).toHaveLength(1)
  })
})

describe('response', () => {
  it('[S28] [S29] [S30] holds the whole answer, and the history with the user prompt as it was given', async () => {
    const { response } = await streamFrom(streams(...answerEvents('Hel', 'lo')), {
      properties: { promptTemplate: ['<@@userPrompt>'] },
    })
    const history = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ]
    expect(response).toEqual({
      content: 'Hello',
      role: 'assistant',
      modelId: 'gpt-4o-mini-2024-07-18',
      finishReason: 'stop',
      usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 },
      history,
      historyJson: JSON.stringify(history),
      refusal: null,
    })
  })

  it.each(['length', 'content_filter', 'tool_calls'])(
    '[S31] takes the finish reason %s for an outcome',
    async (finishReason) => {
      const { response, error } = await streamFrom(
        streams(chunkEvent({ content: 'a' }), chunkEvent({}, { finishReason }), doneEvent),
      )
      expect(error).toBeUndefined()
      expect(response).toMatchObject({ content: 'a', finishReason })
    },
  )

  it('[S31] takes a refusal for an outcome', async () => {
    const { response, messages } = await streamFrom(
      streams(
        chunkEvent({ refusal: 'I ca' }),
        chunkEvent({ refusal: 'nnot' }),
        chunkEvent({}, { finishReason: 'stop' }),
        doneEvent,
      ),
    )
    expect(messages).toEqual([])
    expect(response).toMatchObject({ content: '', refusal: 'I cannot', finishReason: 'stop' })
  })

  it('[S28] [S29] has the usage null and the asked model when the provider says neither', async () => {
    const bare = event({ choices: [{ index: 0, delta: { content: 'a' } }] })
    const { response } = await streamFrom(streams(bare, doneEvent))
    expect(response).toMatchObject({ content: 'a', usage: null, modelId: 'gpt-4o-mini' })
  })

  it('[S32] takes an answer that a server gives whole', async () => {
    const { messages, response } = await streamFrom((answer) => {
      answer.setHeader('content-type', 'application/json')
      answer.end(
        JSON.stringify({
          choices: [{ message: { role: 'assistant', content: 'Hi you' }, finish_reason: 'stop' }],
        }),
      )
    })
    expect(messages).toEqual([{ content: 'Hi you', index: 0 }])
    expect(response?.finishReason).toBe('stop')
  })

  it('[S22] records the call with its messages, times and usage, without a secret', async () => {
    const { calls } = await streamFrom(streams(...answerEvents('a')))
    expect(calls).toEqual([
      {
        kind: 'model',
        attempt: 1,
        request: {
          model: 'gpt-4o-mini',
          messages: [{ role: 'user', content: 'Hi' }],
          temperature: 0.7,
          stream_options: { include_usage: true },
        },
        startedAt: expect.any(Number),
        firstByteMs: expect.any(Number),
        ms: expect.any(Number),
        usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 },
        model: 'gpt-4o-mini-2024-07-18',
        finishReason: 'stop',
      },
    ])
    expect(JSON.stringify(calls)).not.toContain('sk-secret')
  })
})

describe('ends', () => {
  it.each([
    ['[DONE] without a finish reason', streams(chunkEvent({ content: 'a' }), doneEvent)],
    [
      'the finish reason without [DONE]',
      streams(chunkEvent({ content: 'a' }), chunkEvent({}, { finishReason: 'stop' })),
    ],
    [
      'a connection that breaks after the finish reason',
      breaksAfter(chunkEvent({ content: 'a' }), chunkEvent({}, { finishReason: 'stop' })),
    ],
    ['a connection that breaks after [DONE]', breaksAfter(chunkEvent({ content: 'a' }), doneEvent)],
    ['a connection that is held after [DONE]', holdsAfter(chunkEvent({ content: 'a' }), doneEvent)],
    [
      'a connection that is held after the finish reason',
      holdsAfter(chunkEvent({ content: 'a' }), chunkEvent({}, { finishReason: 'stop' })),
    ],
  ])('[S33] [S34] takes %s for a complete answer', async (_, script) => {
    expect(await streamFrom(script)).toMatchObject({ error: undefined, response: { content: 'a' } })
  })

  it('[S34] waits for nothing after [DONE], though the socket stays open and no clock goes on', async () => {
    useFakeClock()
    const result = await streamFrom(holdsAfter(...answerEvents('a', 'b')))
    expect(result).toMatchObject({
      error: undefined,
      response: { content: 'ab', finishReason: 'stop', usage: { totalTokens: 11 } },
    })
  })

  it('[S34] ends soon after [DONE], though the socket stays open', async () => {
    const delays: number[] = []
    for (let round = 0; round < rounds({ short: 5, long: 200 }); round += 1) {
      let doneAt = 0
      const { error } = await streamFrom(async (response, request, number) => {
        await holdsAfter(...answerEvents('a', 'b'))(response, request, number)
        doneAt = performance.now()
      })
      expect(error).toBeUndefined()
      delays.push(Math.max(0, performance.now() - doneAt))
    }
    expectFigure('a node ended after [DONE]', delays, { share: 1, max: 100 })
  })

  it('[S33] closes a connection that is held after the finish reason', async () => {
    useFakeClock()
    const answer = [chunkEvent({ content: 'a' }), chunkEvent({}, { finishReason: 'stop' })]
    await using provider = await startProvider(holdsAfter(...answer))
    const { response } = await fastForward(runStreaming({ url: provider.url }))
    expect(response?.content).toBe('a')
    await provider.requests[0]?.closed
  })

  it('[S47] reads a slow stream for as long as it goes on', async () => {
    useFakeClock()
    const pieces = ['a', 'b', 'c', 'd', 'e', 'f']
    await using provider = await startProvider(async (response) => {
      for (const content of pieces) {
        response.write(chunkEvent({ content }))
        await new Promise((resolve) => setTimeout(resolve, 100_000))
      }
      response.end(doneEvent)
    })
    const { response, calls } = await fastForward(runStreaming({ url: provider.url }))
    expect(response?.content).toBe('abcdef')
    expect(calls[0]?.ms).toBeGreaterThan(500_000)
  })

  it('[S35] never takes a stream that ends early for a success, at whichever event', async () => {
    const events = answerEvents('a', 'b', 'c')
    for (let count = 0; count < 4; count += 1) {
      const { error, messages } = await streamFrom(streams(...events.slice(0, count)))
      const partial = ['', 'a', 'ab', 'abc'][Math.max(0, count - 1)]
      expect(error).toMatchObject({
        code: 'upstream_truncated',
        retryable: true,
        details: { partial },
      })
      expect(contents(messages).join('')).toBe(partial)
    }
  })

  it('[S36] gives exactly the messages before the byte at which the connection broke', async () => {
    const text = answerEvents('Gr', 'üße', ' 👋').join('')
    const bytes = new TextEncoder().encode(text)
    await using provider = await startProvider((response, request, number) =>
      breaksAfter(bytes.subarray(0, number - 1))(response, request, number),
    )
    const services = fakeServices()
    for (let at = 0; at < bytes.length; at += 1) {
      const { messages, error } = await runStreaming({ url: provider.url, services })
      const before = new TextDecoder().decode(bytes.subarray(0, at)).split('\n\n').slice(0, -1)
      const complete = before.flatMap((line) => /"content":"([^"]+)"/.exec(line)?.[1] ?? [])
      expect(contents(messages), `at ${at}`).toEqual(complete)
      const isFinished = before.some((line) => line.includes('"stop"'))
      expect(error?.code, `at ${at}`).toBe(isFinished ? undefined : 'upstream_disconnected')
      if (!isFinished) expect(error?.details).toEqual({ partial: complete.join('') })
    }
  }, 60_000)

  it('[S27] gives the same messages however the bytes are cut', async () => {
    const bytes = new TextEncoder().encode(
      answerEvents('Gr', 'üße', ' 👋', '\n"').join('').replaceAll('\n\n', '\r\n\r\n'),
    )
    const services = fakeServices()
    let pieces: readonly Uint8Array[] = []
    await using provider = await startProvider((response, request, number) =>
      streams(...pieces)(response, request, number),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 10 }), async (cuts) => {
        const ends = cuts.toSorted((a, b) => a - b)
        pieces = [0, ...ends].map((start, index) =>
          bytes.subarray(start, ends[index] ?? bytes.length),
        )
        const { messages, error } = await runStreaming({ url: provider.url, services })
        expect(error).toBeUndefined()
        expect(contents(messages)).toEqual(['Gr', 'üße', ' 👋', '\n"'])
      }),
      { numRuns: 100 },
    )
  }, 60_000)

  it('[S37] [S38] fails with what the provider says in the middle of its stream, after what came before', async () => {
    const { error, messages, response } = await streamFrom(
      streams(
        chunkEvent({ content: 'a' }) +
          event({ error: { message: 'Overloaded.' } }) +
          chunkEvent({ content: 'b' }),
      ),
    )
    expect(contents(messages)).toEqual(['a'])
    expect(response).toBeUndefined()
    expect(error).toMatchObject({
      code: 'provider_failed',
      message: '"Test provider" broke off its answer: Overloaded.',
      details: { partial: 'a' },
    })
  })

  it.each([
    ['what is no chunk', streams('data: <html>\n\n'), 'upstream_protocol'],
    [
      'an event without end',
      streams('data: ', new Uint8Array(1_100_000).fill(97)),
      'limit_exceeded',
    ],
  ])('[S37] fails on %s', async (_, script, code) => {
    expect((await streamFrom(script)).error).toMatchObject({ code })
  })

  it('[S37] fails on a page in place of an answer', async () => {
    const { error } = await streamFrom((response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html>')
    })
    expect(error).toMatchObject({ code: 'upstream_protocol' })
  })
})

describe('stop', () => {
  it('[S39] closes the socket of the provider, and is no error', async () => {
    const controller = new AbortController()
    await using provider = await startProvider(holdsAfter(chunkEvent({ content: 'a' })))
    const result = await runStreaming({
      url: provider.url,
      signal: controller.signal,
      block: () => {
        controller.abort()
        return next
      },
    })
    await provider.requests[0]?.closed
    expect(result).toMatchObject({ end: cancelled, error: undefined, messages: [{ content: 'a' }] })
  })

  it('[S39] stops before the provider answered', async () => {
    const controller = new AbortController()
    await using provider = await startProvider(() => controller.abort())
    const result = await runStreaming({ url: provider.url, signal: controller.signal })
    await provider.requests[0]?.closed
    expect(result).toMatchObject({ end: cancelled, error: undefined })
  })

  it('asks nothing when it was stopped before', async () => {
    const { end, requests } = await streamFrom(streams(), { signal: AbortSignal.abort() })
    expect(end).toEqual(cancelled)
    expect(requests).toEqual([])
  })

  it('[S44] does not try again after it was stopped', async () => {
    const controller = new AbortController()
    const { end, requests } = await streamFrom(
      (response, request, number) => {
        void refuses(500, { message: 'x' })(response, request, number)
        controller.abort()
      },
      { signal: controller.signal },
    )
    expect(end).toEqual(cancelled)
    expect(requests).toHaveLength(1)
  })
})

describe('connections', () => {
  it('keeps the connection for the next call', async () => {
    const ports = new Set<number | undefined>()
    await using provider = await startProvider((response, request, number) => {
      ports.add(response.socket?.remotePort)
      return streams(...answerEvents('a'))(response, request, number)
    })
    const services = fakeServices()
    for (let count = 0; count < 3; count += 1) {
      await runStreaming({ url: provider.url, services })
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(ports.size).toBe(1)
  })

  it('[S25] holds the provider back while the sub-block is busy', async () => {
    const piece = chunkEvent({ content: 'x'.repeat(1000) })
    let sent = 0
    let release: (() => void) | undefined
    await using provider = await startProvider((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const sendMore = () => {
        while (sent < 40_000) {
          sent += 1
          if (!response.write(piece)) {
            response.once('drain', sendMore)
            return
          }
        }
        response.end(chunkEvent({}, { finishReason: 'stop' }) + doneEvent)
      }
      sendMore()
    })
    const controller = new AbortController()
    const running = runStreaming({
      url: provider.url,
      signal: controller.signal,
      block: () =>
        controller.signal.aborted
          ? cancelled
          : new Promise((resolve) => (release = () => resolve(cancelled))),
    })
    // Sending comes to a stand, long before all of its 48 MB.
    await vi.waitUntil(async () => {
      const before = sent
      await new Promise((resolve) => setTimeout(resolve, 100))
      return before > 0 && sent === before
    }, 10_000)
    expect(sent).toBeLessThan(20_000)
    controller.abort()
    release?.()
    await running
  })
})
