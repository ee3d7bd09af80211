import { cancelled, next } from '@millrace/engine'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fastForward, useFakeClock } from '../../testing/fake-clock.ts'
import { answerEvents, wholeAnswer } from '../../testing/chunks.ts'
import { runStreaming, runWhole, type ChatSetup } from '../../testing/ask-chat-node.server.ts'
import {
  answers,
  refuses,
  startProvider,
  streams,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Runs the node once against a provider that answers by a script. */
async function run(script: ProviderScript, setup: Omit<ChatSetup, 'url'> = {}) {
  await using provider = await startProvider(script)
  const result = await runWhole({ url: provider.url, ...setup })
  return { ...result, requests: provider.requests }
}

describe('openai.chatCompletion', () => {
  it('[S28] gives the same response as its streaming twin, for the same answer', async () => {
    const properties = {
      history: '[{"role":"user","content":"before"}]',
      promptTemplate: ['<@@userPrompt>'],
    }
    const whole = await run(answers(wholeAnswer('Hello')), { properties })
    await using provider = await startProvider(streams(...answerEvents('Hel', 'lo')))
    const streamed = await runStreaming({ url: provider.url, properties })
    expect(whole.response).toEqual(streamed.response)
    expect(whole).toMatchObject({ end: next, error: undefined, messages: [], deltas: [] })
  })

  it('[S20] asks without a stream, and otherwise for the same as its streaming twin', async () => {
    const properties = {
      systemPrompt: 'S',
      context: 'C',
      temperature: 0,
      maxCompletionTokens: 5,
    }
    const whole = await run(answers(wholeAnswer('a')), { properties })
    await using provider = await startProvider(streams(...answerEvents('a')))
    await runStreaming({ url: provider.url, properties })
    const { stream, stream_options: options, ...body } = provider.requests[0]?.body ?? {}
    expect([stream, options]).toEqual([true, { include_usage: true }])
    expect(whole.requests.map((request) => request.body)).toEqual([body])
  })

  it('[S17] sends the history as its reducer leaves it', async () => {
    const { requests } = await run(answers(wholeAnswer('x')), {
      properties: { history: '[{"role":"user","content":"a"},{"role":"user","content":"b"}]' },
      reducer: { reduce: (all) => Promise.resolve(all.slice(1)) },
    })
    expect(requests[0]?.body['messages']).toEqual([
      { role: 'user', content: 'b' },
      { role: 'user', content: 'Hi' },
    ])
  })

  it('[S18] asks again without a temperature that the model refuses and nobody set', async () => {
    const refusal = refuses(400, { message: 'x', param: 'temperature' })
    const { response, requests, calls, logs } = await run((answer, request, number) =>
      (number === 1 ? refusal : answers(wholeAnswer('a')))(answer, request, number),
    )
    expect(response?.content).toBe('a')
    expect(requests.map(({ body }) => body['temperature'])).toEqual([0.7, undefined])
    expect(calls.map(({ attempt, usage }) => [attempt, usage?.totalTokens])).toEqual([
      [1, undefined],
      [2, 11],
    ])
    expect(logs).toHaveLength(1)
  })

  it('[S31] takes a refusal, and every finish reason, for an outcome', async () => {
    const choice = { message: { role: 'assistant', content: null, refusal: 'No.' } }
    const { response } = await run(
      answers({ model: 'm', choices: [{ ...choice, finish_reason: 'content_filter' }] }),
    )
    expect(response).toMatchObject({
      content: '',
      refusal: 'No.',
      finishReason: 'content_filter',
      usage: null,
      modelId: 'm',
    })
  })

  it('[S22] records the call without a secret', async () => {
    const { calls } = await run(answers(wholeAnswer('a')))
    expect(calls).toEqual([
      {
        kind: 'model',
        attempt: 1,
        request: {
          model: 'gpt-4o-mini',
          messages: [{ role: 'user', content: 'Hi' }],
          temperature: 0.7,
        },
        startedAt: expect.any(Number),
        firstByteMs: expect.any(Number),
        ms: expect.any(Number),
        usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 },
        model: 'gpt-4o-mini-2024-07-18',
        finishReason: 'stop',
      },
    ])
  })

  it('[S43] tries again when the connection breaks in the middle: nothing was seen of it yet', async () => {
    useFakeClock()
    const running = run((answer, request, number) => {
      if (number > 1) return answers(wholeAnswer('a'))(answer, request, number)
      answer.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      answer.write('{"choices":[', () => answer.socket?.destroy())
    })
    const { response, requests } = await fastForward(running)
    expect(response?.content).toBe('a')
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['no JSON', 'Hello', 'upstream_protocol'],
    ['nothing', '', 'upstream_protocol'],
    ['JSON without a choice', '{"object":"list","data":[]}', 'upstream_protocol'],
    ['an error in place of an answer', '{"error":{"message":"Overloaded."}}', 'provider_failed'],
  ])('[S37] fails on %s', async (_, body, code) => {
    const { error, response } = await run((answer) => void answer.end(body))
    expect(error).toMatchObject({ code, details: { partial: '' } })
    expect(error?.message).toContain('"Test provider"')
    expect(response).toBeUndefined()
  })

  it('[S39] closes the socket of the provider when the run is stopped, and is no error', async () => {
    const controller = new AbortController()
    await using provider = await startProvider(() => controller.abort())
    const result = await runWhole({ url: provider.url, signal: controller.signal })
    await provider.requests[0]?.closed
    expect(result).toMatchObject({ end: cancelled, error: undefined })
  })

  it('[S47] waits 120 seconds for the rest of an answer that has begun', async () => {
    useFakeClock()
    await using provider = await startProvider((answer) => {
      answer.writeHead(200, { 'content-type': 'application/json' })
      answer.write('{"choices":[')
    })
    const { error, calls } = await fastForward(runWhole({ url: provider.url }))
    expect(error).toMatchObject({ code: 'timeout', retryable: true })
    expect(error?.message).toContain('for 120 seconds')
    expect(calls).toHaveLength(1)
  })
})
