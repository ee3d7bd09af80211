import { fakeServices } from '@millrace/engine/testing'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionKinds } from '../connection-kinds.server.ts'
import { runStreaming, runWhole } from '../testing/ask-chat-node.server.ts'
import { startDemoModel, type DemoModel } from './demo-model.server.ts'
import { demoModelId } from './demo-models.ts'

let demo: DemoModel
let client: OpenAI

beforeAll(async () => {
  demo = await startDemoModel({ tokensPerSecond: 2000 })
  client = new OpenAI({ baseURL: demo.url, apiKey: 'any', maxRetries: 0 })
})
afterAll(() => demo.close())

const question = {
  model: demoModelId,
  messages: [{ role: 'user' as const, content: 'Hello you' }],
}

describe('startDemoModel', () => {
  it('answers at once and streamed with the same text and usage', async () => {
    const whole = await client.chat.completions.create(question)
    const stream = await client.chat.completions.create({
      ...question,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let usage: OpenAI.CompletionUsage | null | undefined
    const reasons: string[] = []
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      reasons.push(chunk.choices[0]?.finish_reason ?? '')
      usage = chunk.usage ?? usage
    }
    expect(text).toBe(whole.choices[0]?.message.content)
    expect(text).toContain('not an AI')
    expect(usage).toEqual(whole.usage)
    expect(reasons.filter((reason) => reason !== '')).toEqual(['stop'])
  })

  it('answers a node that streams and one that does not in the same words', async () => {
    const setup = { url: demo.url, properties: { modelId: demoModelId, context: 'Mills grind.' } }
    const streamed = await runStreaming(setup)
    const whole = await runWhole(setup)
    expect(whole.error).toBeUndefined()
    expect(whole.response).toEqual(streamed.response)
    expect(whole.response).toMatchObject({ modelId: demoModelId, finishReason: 'stop' })
    expect(streamed.messages.length).toBeGreaterThan(10)
  })

  it('stops at the most tokens that were asked for', async () => {
    const { choices, usage } = await client.chat.completions.create({
      ...question,
      max_completion_tokens: 3,
    })
    expect(choices[0]).toMatchObject({
      message: { content: 'This is the' },
      finish_reason: 'length',
    })
    expect(usage?.completion_tokens).toBe(3)
  })

  it('lists its models, the one that answers first', async () => {
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['demo', 'demo-embedder'])
    expect(await client.models.retrieve('demo-embedder')).toMatchObject({ id: 'demo-embedder' })
  })

  it('refuses another model in the words of OpenAI', async () => {
    await expect(
      client.chat.completions.create({ ...question, model: 'gpt-5' }),
    ).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
    })
  })

  it.each([
    ['no JSON', 'hello', 400],
    ['no messages', '{"model":"demo"}', 400],
    ['messages without text', '{"model":"demo","messages":[{"role":"user","content":[]}]}', 400],
    ['too much', JSON.stringify({ model: 'demo', text: 'x'.repeat(1_100_000) }), 400],
  ])('refuses a body with %s', async (_, body, status) => {
    const response = await fetch(`${demo.url}/chat/completions`, { method: 'POST', body })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } })
  })

  it('has nothing else', async () => {
    expect((await fetch(`${demo.url}/files`, { method: 'POST', body: '{}' })).status).toBe(404)
  })
})

describe('connectionKinds', () => {
  const connection = (fields: Readonly<Record<string, unknown>>) => ({
    id: 'c',
    kind: 'openai',
    name: 'Mine',
    fields,
  })
  const openai = connectionKinds.get('openai')

  it('lists the models of a connection', async () => {
    const services = fakeServices()
    expect(await openai?.models?.(connection({ baseUrl: demo.url }), services)).toEqual([
      'demo',
      'demo-embedder',
    ])
  })

  it('tells that a connection works', async () => {
    const result = await openai?.test(connection({ baseUrl: demo.url }), fakeServices())
    expect(result).toMatchObject({ ok: true, details: { models: 2 } })
    expect(result?.message).toMatch(/^"Mine" answers, and offers 2 models \(\d+ ms\)\.$/)
  })

  it('tells why a connection does not work', async () => {
    const services = { ...fakeServices(), mayConnect: () => false }
    expect(await openai?.test(connection({ baseUrl: demo.url }), services)).toMatchObject({
      ok: false,
      message: expect.stringContaining('MILLRACE_ALLOW_HOSTS'),
      details: { code: 'address_refused' },
    })
  })

  it('tests the demo connection in the same way', async () => {
    const result = await connectionKinds
      .get('demo')
      ?.test({ ...connection({ baseUrl: demo.url }), kind: 'demo' }, fakeServices())
    expect(result?.ok).toBe(true)
  })
})
