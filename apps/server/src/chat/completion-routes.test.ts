import { request } from 'node:http'
import { errorAnswers } from '@millrace/e2e/fake-model-server'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import {
  endlessAnswer,
  startFakeModel,
  tokensAnswer,
  type FakeModel,
} from '../testing/fake-model.ts'
import { askRaw } from '../testing/raw-http.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'

// OpenAI's interface, by the official client as it comes from npm.

const sources = { type: 'sources', items: [{ title: 'Guide', url: 'https://a.test' }] }
const status = { type: 'status', text: 'Searching…' }

let server: TestServer
let model: FakeModel
let openai: OpenAI
beforeAll(async () => {
  model = await startFakeModel()
  server = await startTestServer()
  openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'any' })
  await server.call('POST', '/api/connections', {
    body: { id: 'model', kind: 'openai', name: 'Model', fields: { baseUrl: model.url } },
  })
  const chat = chatFlow('chat', {
    chat: {
      history: { $ref: 'chatCompletionRequest.history' },
      systemPrompt: { $ref: 'chatCompletionRequest.instructions' },
    },
  })
  const flows = [
    chat,
    chatFlow('finishes', { settings: { onDisconnect: 'finish' } }),
    echoFlow('echo'),
    valuesFlow('values', ['a', { content: 'b', index: 1 }, sources, status, { hits: 3 }, [1]]),
    valuesFlow('returned', [], { content: 'only this' }),
    valuesFlow('beside', [status, sources], 'the answer'),
    {
      ...valuesFlow('no-chat', []),
      nodes: [{ id: 'log', type: 'flow.wait', properties: { duration: 1 } }],
    },
    savingFlow(),
    callingFlow(),
  ]
  for (const flow of flows) {
    const { status: stored } = await server.call('POST', '/api/flows', { body: flow })
    expect(stored).toBe(201)
  }
})
afterAll(async () => {
  await server.close()
  await model.close()
})
beforeEach(() => model.answerWith(tokensAnswer(['Hel', 'lo'])))

/** Asks its model, and then works on without it until it is stopped. */
function savingFlow() {
  const flow = chatFlow('saving')
  const wait = {
    id: 'wait',
    type: 'flow.wait',
    properties: { duration: 10, unit: 'minutes' },
  }
  return {
    ...flow,
    nodes: [...flow.nodes, wait],
    edges: [...flow.edges, { from: ['chat', 'continue'], to: 'wait' }],
  }
}

/** Lets another flow ask the model. */
function callingFlow() {
  const run = {
    id: 'run',
    type: 'flow.runFlow',
    properties: { flow: 'chat', inputs: [{ name: 'prompt', value: 'Hi' }] },
  }
  return {
    ...echoFlow('calling'),
    nodes: [{ id: 'trigger', type: 'chat.trigger' }, run],
    edges: [{ from: ['trigger', 'next'] as const, to: 'run' }],
  }
}

const user = (content: string) => ({ role: 'user', content }) as const
const ask = (flow: string) => ({ model: flow, messages: [user('Hi')] })
const stateOf = async (runId: string) => (await server.call('GET', `/api/runs/${runId}`)).json.state
const endOf = async (runId: string) => (await server.call('GET', `/api/runs/${runId}/stream`)).text

async function chunksOf(body: OpenAI.ChatCompletionCreateParamsStreaming) {
  return allOf(await openai.chat.completions.create(body))
}

async function allOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The error that the official client makes of an answer. */
async function refusal(body: object): Promise<InstanceType<typeof OpenAI.APIError>> {
  const asked = body as OpenAI.ChatCompletionCreateParamsNonStreaming // wrong on purpose
  return openai.chat.completions.create(asked).then(
    () => expect.unreachable('It answered.'),
    (error) => error,
  )
}

describe('an answer of the official client', () => {
  it('comes as a stream of deltas with a role, a reason and nothing else', async () => {
    const chunks = await chunksOf({ ...ask('chat'), stream: true })
    expect(chunks.map(({ choices: [choice] }) => [choice?.delta, choice?.finish_reason])).toEqual([
      [{ role: 'assistant', content: '', refusal: null }, null],
      [{ content: 'Hel' }, null],
      [{ content: 'lo' }, null],
      [{}, 'stop'],
    ])
    expect(chunks[0]).not.toHaveProperty('usage')
    expect(new Set(chunks.map(({ id, model: name }) => `${id} ${name}`)).size).toBe(1)
  })

  it('ends with usage when that was asked for', async () => {
    const chunks = await chunksOf({
      ...ask('chat'),
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(chunks.map(({ usage }) => usage?.total_tokens ?? null)).toEqual([
      ...Array.from({ length: 4 }, () => null),
      11,
    ])
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 9, completion_tokens: 2 },
    })
  })

  it('comes whole without a stream, and says which run it was', async () => {
    const { data, response } = await openai.chat.completions.create(ask('chat')).withResponse()
    const runId = response.headers.get('x-run-id')
    expect(data).toEqual({
      id: `chatcmpl-${runId}`,
      object: 'chat.completion',
      created: expect.any(Number),
      model: 'chat',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
    })
    expect(await stateOf(runId ?? '')).toBe('completed')
  })

  it('has the reason of the last model call', async () => {
    model.answerWith({ kind: 'text', tokens: ['cut'], finishReason: 'length' })
    const { choices } = await openai.chat.completions.create(ask('chat'))
    expect(choices[0]?.finish_reason).toBe('length')
    const chunks = await chunksOf({ ...ask('chat'), stream: true })
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length')
  })

  it.each([
    ['text, messages and JSON, but not what stands beside an answer', 'values', 'ab{"hits":3}[1]'],
    ['what was returned when nothing was yielded', 'returned', 'only this'],
    ['what was returned beside states and sources', 'beside', 'the answer'],
    ['the prompt of a flow that returns it', 'echo', 'Hi'],
  ])('is %s', async (_, flow, text) => {
    const whole = await openai.chat.completions.create(ask(flow))
    expect(whole.choices[0]?.message.content).toBe(text)
    const chunks = await chunksOf({ ...ask(flow), stream: true })
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(text)
  })

  it('is given to a hundred clients of one flow at one time', async () => {
    const asked = Array.from({ length: 100 }, () => openai.chat.completions.create(ask('chat')))
    const answers = await Promise.all(asked)
    expect(new Set(answers.map(({ id }) => id)).size).toBe(100)
    expect(new Set(answers.map(({ choices }) => choices[0]?.message.content))).toEqual(
      new Set(['Hello']),
    )
  })
})

describe('a conversation', () => {
  it('reaches the flow whole, as a second turn without any header sends it', async () => {
    await openai.chat.completions.create({
      model: 'chat',
      messages: [
        { role: 'system', content: 'Be brief.' },
        user('Who are you?'),
        { role: 'assistant', content: [{ type: 'text', text: 'A mill.' }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'And' },
            { type: 'text', text: 'where?' },
          ],
        },
      ],
    })
    expect(model.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Who are you?' },
        { role: 'assistant', content: 'A mill.' },
        { role: 'user', content: 'And\nwhere?' },
      ],
    })
  })

  it('has the session that its header names, and else one of its own', async () => {
    const sessions = async (headers: Record<string, string>) => {
      const { response } = await openai.chat.completions
        .create(ask('echo'), { headers })
        .withResponse()
      const { json } = await server.call('GET', `/api/runs/${response.headers.get('x-run-id')}`)
      return [json.sessionId, response.headers.get('x-session-id')]
    }
    expect(await sessions({ 'x-session-id': 's-7' })).toEqual(['s-7', 's-7'])
    const [first, told] = await sessions({})
    const [second] = await sessions({})
    expect([first === told, first === second]).toEqual([true, false])
  })

  it('is the same run when it is sent again with its Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'turn-1' }
    const asked = model.requests.length
    const first = await openai.chat.completions.create(ask('chat'), { headers })
    expect(await openai.chat.completions.create(ask('chat'), { headers })).toEqual(first)
    expect(model.requests.length).toBe(asked + 1)
  })
})

describe('what cannot be answered', () => {
  const tool = { type: 'function', function: { name: 'f', parameters: {} } }
  const image = { type: 'image_url', image_url: { url: 'data:,' } }
  it.each([
    ['several answers', { n: 2 }, 'n'],
    ['tools', { tools: [tool] }, 'tools'],
    ['a tool that must be called', { tool_choice: 'required' }, 'tool_choice'],
    ['functions', { functions: [{ name: 'f' }] }, 'functions'],
    ['an answer in JSON', { response_format: { type: 'json_object' } }, 'response_format'],
    ['probabilities', { logprobs: true }, 'logprobs'],
    ['stop words', { stop: ['.'] }, 'stop'],
    ['a picture', { messages: [{ role: 'user', content: [image] }] }, 'messages[0].content[0]'],
    ['the answer of a tool', { messages: [{ role: 'tool', content: '1' }] }, 'messages[0].role'],
    [
      'the call of a tool',
      { messages: [user('Hi'), { role: 'assistant', content: null, tool_calls: [{}] }] },
      'messages[1].tool_calls',
    ],
  ])('is refused by name: %s', async (_, parameters, param) => {
    for (const stream of [false, true]) {
      const error = await refusal({ ...ask('chat'), ...parameters, stream })
      expect(error).toMatchObject({
        status: 400,
        type: 'invalid_request_error',
        code: 'unsupported_parameter',
        param,
      })
    }
  })

  it.each([
    ['no messages', { messages: undefined }, 'messages'],
    ['an empty conversation', { messages: [] }, 'messages'],
    ['no message of the user', { messages: [{ role: 'system', content: 'x' }] }, 'messages'],
    ['an unknown role', { messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
    [
      'content that is no text',
      { messages: [{ role: 'user', content: 7 }] },
      'messages[0].content',
    ],
    ['a model that is no name', { model: 7 }, 'model'],
  ])('is told where a request is wrong: %s', async (_, parameters, param) => {
    const error = await refusal({ ...ask('chat'), ...parameters })
    expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', param })
  })

  it.each(['[]', 'null', '7'])(
    'blames no parameter for a body that is no object: %s',
    async (body) => {
      const { status: code, json } = await server.call('POST', '/v1/chat/completions', { body })
      expect([code, json.error.param]).toEqual([400, null])
    },
  )

  it('takes what says nothing new, and null for what is left out', async () => {
    const { choices } = await openai.chat.completions.create({
      ...ask('echo'),
      n: 1,
      tools: [],
      stop: null,
      temperature: null,
      tool_choice: 'auto',
      response_format: { type: 'text' },
      seed: 7,
    })
    expect(choices[0]?.message.content).toBe('Hi')
  })

  it.each(['nothing', 'no-chat'])('is an unknown model: %s', async (name) => {
    for (const stream of [false, true]) {
      const error = await refusal({ ...ask(name), stream })
      expect(error).toBeInstanceOf(OpenAI.NotFoundError)
      expect(error).toMatchObject({ code: 'model_not_found', param: 'model' })
      expect(error.message).toContain(`The model \`${name}\` does not exist`)
    }
  })

  it('has the shape of OpenAI at every door', async () => {
    const path = '/v1/chat/completions'
    const huge = { ...ask('echo'), messages: [user('x'.repeat(1024 * 1024))] }
    const session = { 'x-session-id': 'two words' }
    const answers = [
      await server.call('POST', path, { body: '{ "half' }),
      await server.call('POST', path, { body: huge }),
      await server.call('POST', path, { body: 'x', headers: { 'content-type': 'text/plain' } }),
      await server.call('GET', '/v1/nothing'),
      await server.call('POST', path, { body: ask('echo'), headers: session }),
      await server.call('POST', path, { body: ask('echo'), headers: { origin: 'https://b.test' } }),
    ]
    expect(answers.map(({ status: code, json }) => [code, json.error.code])).toEqual([
      [400, 'bad_request'],
      [413, 'limit_exceeded'],
      [415, 'unsupported_media_type'],
      [404, 'not_found'],
      [400, 'bad_request'],
      [403, 'forbidden'],
    ])
    expect(answers[0]?.headers.get('x-request-id')).toMatch(/-/)
  })
})

describe('a run that fails', () => {
  it('answers with the status of its error, once: the client is told not to try again', async () => {
    model.answerWith(errorAnswers.invalidKey('sk-secret'))
    const asked = model.requests.length
    const error = await refusal(ask('chat'))
    expect(error).toMatchObject({
      status: 502,
      type: 'server_error',
      code: 'provider_unauthorized',
    })
    expect(error.message).not.toContain('sk-secret')
    expect(error.headers?.get('x-run-id')).toMatch(/-/)
    expect(model.requests.length).toBe(asked + 1)
  })

  it('ends a stream with a chunk that is an error, behind what it said', async () => {
    model.answerWith({ kind: 'text', tokens: ['Hel', 'lo'], end: { cutAfterEvents: 2 } })
    const said: string[] = []
    const reading = (async () => {
      const stream = await openai.chat.completions.create({ ...ask('chat'), stream: true })
      for await (const { choices } of stream) said.push(choices[0]?.delta.content ?? '')
    })()
    await expect(reading).rejects.toMatchObject({ type: 'server_error', code: /^upstream_/ })
    expect(said).toEqual(['', 'Hel'])
  })

  it('leaves no stream cut: the body is whole, and has no [DONE]', async () => {
    model.answerWith({ kind: 'text', tokens: ['Hel'], end: { cutAfterEvents: 2 } })
    const { head, body } = await askRaw(server.port, {
      method: 'POST',
      path: '/v1/chat/completions',
      body: { ...ask('chat'), stream: true },
    })
    expect(head[0]).toBe('http/1.1 200 ok')
    const last = body.trimEnd().split('\n\n').at(-1) ?? ''
    expect(JSON.parse(last.replace('data: ', '')).error.type).toBe('server_error')
    expect(body).not.toContain('[DONE]')
  })

  it('says so when it was stopped', async () => {
    model.answerWith(endlessAnswer)
    const { data, response } = await openai.chat.completions
      .create({ ...ask('chat'), stream: true })
      .withResponse()
    const reading = expect(allOf(data)).rejects.toMatchObject({ code: 'cancelled' })
    await server.call('POST', `/api/runs/${response.headers.get('x-run-id')}/stop`)
    await reading
  })
})

/** A client that asks, and goes without a word; its model was asked before it is answered here. */
async function startLeaver(flow: string, isStreamed: boolean) {
  const asked = model.requests.length
  const asking = request(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  asking.on('error', () => undefined)
  asking.on('response', (answer) => answer.on('error', () => undefined).resume())
  asking.end(JSON.stringify({ ...ask(flow), stream: isStreamed }))
  await expect.poll(() => model.requests.length).toBe(asked + 1)
  const { json } = await server.call('GET', `/api/runs?flow=${flow}&limit=1`)
  return { runId: json.runs[0].id, leave: () => asking.destroy() }
}

describe.each([
  ['a stream', true],
  ['a whole answer', false],
])('a client that leaves %s', (_, isStreamed) => {
  it('stops the run while its model is asked', async () => {
    model.answerWith(endlessAnswer)
    const { runId, leave } = await startLeaver('chat', isStreamed)
    leave()
    expect(await model.requests.at(-1)?.ended).toMatchObject({ how: 'client-left' })
    await expect.poll(() => stateOf(runId)).toBe('cancelled')
  })

  it('stops it too while a flow that it called asks', async () => {
    model.answerWith(endlessAnswer)
    const { runId, leave } = await startLeaver('calling', isStreamed)
    leave()
    expect(await model.requests.at(-1)?.ended).toMatchObject({ how: 'client-left' })
    await expect.poll(() => stateOf(runId)).toBe('cancelled')
  })

  it('lets the run finish what it does with the answer, such as saving it', async () => {
    const saving = await startLeaver('saving', isStreamed)
    const usage = async () => (await server.call('GET', `/api/runs/${saving.runId}`)).json.usage
    await expect.poll(usage).not.toBeNull()
    saving.leave()
    model.answerWith(endlessAnswer)
    // Another that leaves later is stopped by a server that has seen the first one leave.
    const other = await startLeaver('chat', isStreamed)
    other.leave()
    await expect.poll(() => stateOf(other.runId)).toBe('cancelled')
    expect(await stateOf(saving.runId)).toBe('running')
    await server.call('POST', `/api/runs/${saving.runId}/stop`)
  })

  it('leaves it running when its flow wishes to come to its end alone', async () => {
    const proceed = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['one', 'two'], { afterTokens: 1, until: proceed.promise }))
    const { runId, leave } = await startLeaver('finishes', isStreamed)
    leave()
    proceed.resolve()
    expect(await endOf(runId)).toContain('"outcome":"completed"')
  })
})

describe('models', () => {
  it('are the flows for chats', async () => {
    const ids = (await allOf(openai.models.list())).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['chat', 'echo', 'example-rag-chat']))
    expect(ids).not.toContain('no-chat')
    expect(await openai.models.retrieve('chat')).toEqual({
      id: 'chat',
      object: 'model',
      created: expect.any(Number),
      owned_by: 'millrace',
    })
    await expect(openai.models.retrieve('no-chat')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
  })
})
