import { checkFlow, dataPortsOf, type FlowNode, type RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { registry } from '../../registry.ts'
import { runNodes } from '../../testing/run-nodes.server.ts'
import {
  answers,
  refuses,
  startProvider,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'
import { generateEmbedding } from '../generate-embedding/definition.ts'
import { textEmbedder } from '../text-embedder/definition.ts'

function nodeWith(properties: FlowNode['properties']): FlowNode {
  return {
    id: 'embed',
    type: 'openai.generateEmbedding',
    title: 'Embed',
    properties: {
      connection: 'test',
      embeddingModel: 'm',
      input: 'Hello',
      resultVariable: 'embedding',
      ...properties,
    },
  }
}

/** Embeds in a flow that yields the vector; what was asked, and what became of the run. */
async function embed(script: ProviderScript, properties: FlowNode['properties'] = {}) {
  await using provider = await startProvider(script)
  const events = await runNodes({
    url: provider.url,
    nodes: [
      nodeWith(properties),
      { id: 'out', type: 'flow.return', properties: { value: { $ref: 'embedding' } } },
    ],
    edges: ['embed.next > out'],
  })
  return { events, end: events.at(-1), requests: provider.requests }
}

function callsOf(events: readonly RunEvent[]) {
  return events.filter((event) => event.type === 'node-call')
}

const usage = { prompt_tokens: 3, total_tokens: 3 }

function vectors(...embeddings: readonly unknown[]) {
  const data = embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding }))
  return { object: 'list', model: 'm-1', data, usage }
}

function base64(...numbers: readonly number[]): string {
  return Buffer.from(new Float32Array(numbers).buffer).toString('base64')
}

const never = { 'x-should-retry': 'false' }

describe('Generate embedding', () => {
  it('[S52] has the properties of Text embedder, an input and a variable', () => {
    expect(Object.keys(textEmbedder.properties)).toEqual([
      'connection',
      'embeddingModel',
      'dimensions',
    ])
    expect(Object.keys(generateEmbedding.properties)).toEqual([
      ...Object.keys(textEmbedder.properties),
      'input',
      'resultVariable',
    ])
    const ports = dataPortsOf(generateEmbedding, {}).map(({ key }) => key)
    expect(ports).toEqual(['embeddingModel', 'dimensions', 'input'])
  })

  it('[S52] misses a connection, a model and an input before the run', () => {
    const flow = {
      format: 'millrace/flow' as const,
      version: 1 as const,
      id: 'test',
      name: 'Test',
      nodes: [{ id: 'embed', type: 'openai.generateEmbedding' }],
      edges: [],
    }
    const problems = checkFlow(flow, registry)
    expect(problems.map(({ code, property }) => `${code} ${property}`)).toEqual([
      'property_missing connection',
      'property_missing embeddingModel',
      'property_missing input',
    ])
  })

  it('[S55] gives numbers that came as base64, which it asks for', async () => {
    const { end, requests } = await embed(answers(vectors(base64(0.5, -0.25))))
    expect(end).toMatchObject({ outcome: 'completed', result: [0.5, -0.25] })
    expect(requests.map(({ path, body }) => [path, body])).toEqual([
      ['/v1/embeddings', { model: 'm', input: ['Hello'], encoding_format: 'base64' }],
    ])
  })

  it('[S55] gives numbers that came as numbers', async () => {
    const { end } = await embed(answers(vectors([0.5, -0.25])))
    expect(end).toMatchObject({ outcome: 'completed', result: [0.5, -0.25] })
  })

  it('[S55] asks for numbers when the model refuses base64', async () => {
    const { end, events, requests } = await embed((response, request, number) => {
      const refusal = { message: 'Unsupported encoding_format.', param: 'encoding_format' }
      const script = number === 1 ? refuses(400, refusal) : answers(vectors([1]))
      return script(response, request, number)
    })
    expect(end).toMatchObject({ outcome: 'completed', result: [1] })
    expect(requests.map(({ body }) => body['encoding_format'])).toEqual(['base64', 'float'])
    expect(callsOf(events)).toMatchObject([{ attempt: 1, usage: null }, { attempt: 2 }])
  })

  it('[S53] asks nothing for a blank input, and says where it is', async () => {
    const { end, requests } = await embed(answers(vectors([1])), { input: ' \n' })
    expect(requests).toEqual([])
    expect(end).toMatchObject({
      outcome: 'failed',
      error: { code: 'input_invalid', nodeId: 'embed', property: 'input' },
    })
  })

  it('[S53] gives an empty list when it is disabled', async () => {
    await using provider = await startProvider(answers(vectors([1])))
    const events = await runNodes({
      url: provider.url,
      nodes: [
        { ...nodeWith({}), disabled: true },
        { id: 'out', type: 'flow.return', properties: { value: { $ref: 'embedding' } } },
      ],
      edges: ['embed.next > out'],
    })
    expect(provider.requests).toEqual([])
    expect(events.at(-1)).toMatchObject({ outcome: 'completed', result: [] })
  })

  it('[S56] sends the dimensions that were set', async () => {
    const { end, requests } = await embed(answers(vectors([1, 0])), { dimensions: 2 })
    expect(requests[0]?.body['dimensions']).toBe(2)
    expect(end).toMatchObject({ outcome: 'completed' })
  })

  it('[S56] points to Dimensions when the model refuses them', async () => {
    const refusal = { message: 'This model does not support specifying dimensions.' }
    const { end } = await embed(refuses(400, refusal), { dimensions: 2 })
    expect(end).toMatchObject({
      error: {
        code: 'provider_failed',
        property: 'dimensions',
        message: expect.stringContaining('does not support specifying dimensions'),
      },
    })
  })

  it('[S56] names both lengths when the vectors have another one', async () => {
    const { end } = await embed(answers(vectors([1, 0, 0])), { dimensions: 2 })
    expect(end).toMatchObject({
      error: {
        code: 'provider_failed',
        property: 'dimensions',
        message:
          '"m" gave vectors of 3 numbers, and 2 were asked for. Its length cannot be chosen: empty Dimensions, or write 3.',
      },
    })
  })

  it.each<[string, unknown, string]>([
    [
      'two vectors for one text',
      vectors([1], [2]),
      'answered with 2 vectors, and 1 were asked for',
    ],
    ['no list', { object: 'list' }, 'something else than a list'],
    ['no JSON', 'hello', 'something else than a list'],
    ['texts for numbers', vectors(['a']), 'no list of numbers'],
    ['an empty vector', vectors([]), 'no list of numbers'],
    ['a number that is none', vectors([null]), 'no list of numbers'],
    ['bytes that are no number', vectors('AA=='), 'no list of numbers'],
  ])('[S57] refuses an answer with %s', async (_, body, words) => {
    const { end } = await embed(answers(body))
    expect(end).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'upstream_protocol',
        property: 'embeddingModel',
        message: expect.stringContaining(words),
      },
    })
  })

  it('[S58] records each attempt with its usage and the model that answered', async () => {
    const { events } = await embed((response, request, number) => {
      const script =
        number === 1
          ? refuses(503, { message: 'busy' }, { 'retry-after-ms': '1' })
          : answers(vectors([1]))
      return script(response, request, number)
    })
    expect(callsOf(events)).toMatchObject([
      { kind: 'model', attempt: 1, usage: null },
      {
        kind: 'model',
        attempt: 2,
        model: 'm-1',
        usage: { inputTokens: 3, outputTokens: 0, totalTokens: 3 },
        request: { model: 'm', input: ['Hello'] },
      },
    ])
    expect(events.at(-1)).toMatchObject({ usage: { inputTokens: 3, totalTokens: 3 } })
  })

  it.each<[string, ProviderScript, object]>([
    [
      'an unknown model',
      refuses(404, { message: 'The model `m` does not exist', code: 'model_not_found' }),
      {
        code: 'provider_model_unknown',
        property: 'embeddingModel',
        message: expect.stringContaining('Choose another in Embedding model.'),
      },
    ],
    [
      'an address without embeddings',
      refuses(404, {}),
      {
        code: 'provider_failed',
        property: 'connection',
        message: expect.stringContaining('There are no embeddings at http://127.0.0.1'),
      },
    ],
    [
      'a text that is too long',
      refuses(400, { message: "This model's maximum context length is 8192 tokens." }),
      {
        code: 'provider_failed',
        message: expect.stringContaining('refused a text as too long for "m" (400). Cut it into'),
      },
    ],
    [
      'a refused key',
      refuses(401, { message: 'no' }),
      { code: 'provider_unauthorized', property: 'connection' },
    ],
    [
      'too many requests',
      refuses(429, { message: 'slow down' }, never),
      { code: 'provider_limited', retryable: true },
    ],
  ])('[S58] says what to do about %s', async (_, script, error) => {
    expect((await embed(script)).end).toMatchObject({ outcome: 'failed', error })
  })
})
