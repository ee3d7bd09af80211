import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoModel, type DemoModel } from './demo-model.server.ts'

let demo: DemoModel
let client: OpenAI

beforeAll(async () => {
  demo = await startDemoModel()
  client = new OpenAI({ baseURL: demo.url, apiKey: 'any', maxRetries: 0 })
})
afterAll(() => demo.close())

const model = 'demo-embedder'

async function vectorsOf(input: string | string[]): Promise<readonly (readonly number[])[]> {
  const { data } = await client.embeddings.create({ model, input })
  return data.map(({ embedding }) => embedding)
}

/** Of vectors of length 1. */
function cosine(left: readonly number[] = [], right: readonly number[] = []): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}

describe('the demo embedder', () => {
  it('puts sentences that mean the same nearer than those that do not', async () => {
    const [question, answer, other] = await vectorsOf([
      'How do I make a flow available to clients?',
      'Press Publish, and other programs can call it.',
      'Bananas ripen faster beside apples.',
    ])
    expect(cosine(question, answer)).toBeGreaterThan(cosine(question, other) + 0.1)
  })

  it('gives vectors of 512 numbers and length 1, the same for the same text', async () => {
    const [first = []] = await vectorsOf('A mill race drives the wheel.')
    const [second] = await vectorsOf(['A mill race drives the wheel.'])
    expect(first).toHaveLength(512)
    expect(Math.hypot(...first)).toBeCloseTo(1, 4)
    expect(second).toEqual(first)
  })

  it('gives the same numbers as base64 and as JSON', async () => {
    const input = ['One text', 'and another']
    const decoded = await vectorsOf(input)
    const plain = await client.embeddings.create({ model, input, encoding_format: 'float' })
    expect(plain.data.map(({ embedding }) => embedding)).toEqual(decoded)
    expect(plain).toMatchObject({ object: 'list', model, usage: { total_tokens: 4 } })
    expect(plain.data.map(({ index }) => index)).toEqual([0, 1])
  })

  it('takes the dimensions that it has', async () => {
    const answer = await client.embeddings.create({ model, input: 'text', dimensions: 512 })
    expect(answer.data[0]?.embedding).toHaveLength(512)
  })

  it.each<[string, object, number, string]>([
    ['another model', { model: 'demo', input: 'x' }, 404, 'model_not_found'],
    ['no input', { model }, 400, 'invalid_input'],
    ['an empty list', { model, input: [] }, 400, 'invalid_input'],
    ['an empty text', { model, input: ['a', ''] }, 400, 'invalid_input'],
    ['tokens', { model, input: [[1, 2]] }, 400, 'invalid_input'],
    ['too many texts', { model, input: Array(2049).fill('a') }, 400, 'invalid_input'],
    ['a long text', { model, input: 'a'.repeat(16_001) }, 400, 'context_length_exceeded'],
    ['other dimensions', { model, input: 'x', dimensions: 256 }, 400, 'invalid_value'],
    ['an unknown format', { model, input: 'x', encoding_format: 'bits' }, 400, 'invalid_value'],
  ])('refuses %s in the shape of OpenAI', async (_, body, status, code) => {
    const response = await fetch(`${demo.url}/embeddings`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      error: { message: expect.any(String), type: 'invalid_request_error', code },
    })
  })

  it('refuses to chat with the embedder', async () => {
    await expect(
      client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hi' }] }),
    ).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  })

  it('answers a question while it embeds a long list, whose order stays', async () => {
    const list = Array.from({ length: 100 }, (_, index) => `Sentence number ${index} of a list.`)
    let isListDone = false
    const embedding = vectorsOf(list).then((vectors) => {
      isListDone = true
      return vectors
    })
    await vectorsOf('A question in between.')
    expect(isListDone).toBe(false)
    const vectors = await embedding
    const [last] = await vectorsOf(list.slice(-1))
    expect(vectors).toHaveLength(100)
    expect(cosine(vectors.at(-1), last)).toBeCloseTo(1, 4)
  }, 30_000)

  it('ends with its server, and refuses whoever still waits', async () => {
    const own = await startDemoModel()
    const waiting = fetch(`${own.url}/embeddings`, {
      method: 'POST',
      body: JSON.stringify({ model, input: 'x' }),
    })
    const outcome = waiting.then(
      () => 'answered',
      () => 'refused',
    )
    await own.close()
    expect(await outcome).toBe('refused')
  })
})
