import { DefaultChatTransport, readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import {
  endlessAnswer,
  startFakeModel,
  tokensAnswer,
  type FakeModel,
} from '../testing/fake-model.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'

// The AI SDK's protocol, by the client code that is behind its `useChat`.

const sources = {
  type: 'sources',
  items: [{ title: 'Guide', url: 'https://a.test', score: 0.5 }, { title: 'Notes' }],
}
const status = { type: 'status', text: 'Searching…' }

let server: TestServer
let model: FakeModel
beforeAll(async () => {
  model = await startFakeModel()
  server = await startTestServer()
  await server.call('POST', '/api/connections', {
    body: { id: 'model', kind: 'openai', name: 'Model', fields: { baseUrl: model.url } },
  })
  const chat = chatFlow('chat', { chat: { history: { $ref: 'chatCompletionRequest.history' } } })
  const flows = [
    chat,
    echoFlow('echo'),
    valuesFlow('values', [status, 'a', { content: 'b' }, sources, 'c', { hits: 3 }, [1]]),
    valuesFlow('returned', [], { content: 'only this' }),
    valuesFlow('beside', [status, sources], 'the answer'),
  ]
  for (const flow of flows) await server.call('POST', '/api/flows', { body: flow })
})
afterAll(async () => {
  await server.close()
  await model.close()
})
beforeEach(() => model.answerWith(tokensAnswer(['Hel', 'lo'])))

const said = (role: UIMessage['role'], ...texts: readonly string[]): UIMessage => ({
  id: texts.join(),
  role,
  parts: texts.map((text) => ({ type: 'text', text })),
})
const transportTo = (flow: string) =>
  new DefaultChatTransport({ api: `${server.url}/api/flows/${flow}/chat` })

function send(flow: string, messages: UIMessage[], { chatId = 'c1' } = {}) {
  return transportTo(flow).sendMessages({
    trigger: 'submit-message',
    chatId,
    messageId: undefined,
    messages,
    abortSignal: undefined,
  })
}
const resume = (flow: string, chatId: string) => transportTo(flow).reconnectToStream({ chatId })

async function chunksOf(
  stream: ReadableStream<UIMessageChunk>,
): Promise<readonly UIMessageChunk[]> {
  const chunks: UIMessageChunk[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return chunks
}

/** The message as a page shows it at last. */
async function messageOf(stream: ReadableStream<UIMessageChunk>): Promise<UIMessage | undefined> {
  let last: UIMessage | undefined
  const onError = (error: unknown) => expect.unreachable(String(error))
  for await (const message of readUIMessageStream({ stream, onError })) last = message
  return last
}

describe('an answer', () => {
  it('is one text part, with the run that it came from and what that used', async () => {
    const message = await messageOf(await send('chat', [said('user', 'Hi')]))
    const { runId } = (message?.metadata ?? {}) as { readonly runId?: string } // as the protocol has it
    expect(message).toEqual({
      id: runId,
      role: 'assistant',
      metadata: { runId, usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 } },
      parts: [{ type: 'text', text: 'Hello', state: 'done' }],
    })
    const { json } = await server.call('GET', `/api/runs/${runId}`)
    expect([json.state, json.sessionId]).toEqual(['completed', 'c1'])
  })

  it('has a part for each value that is not text', async () => {
    const message = await messageOf(await send('values', [said('user', 'Hi')]))
    expect(message?.parts.map(({ type, ...part }) => [type, strip(part)])).toEqual([
      ['text', { text: 'ab', state: 'done' }],
      [
        'source-url',
        {
          title: 'Guide',
          url: 'https://a.test',
          providerMetadata: { millrace: { score: 0.5 } },
        },
      ],
      ['source-document', { mediaType: 'text/plain', title: 'Notes' }],
      ['text', { text: 'c', state: 'done' }],
      ['data-json', { data: { hits: 3 } }],
      ['data-json', { data: [1] }],
    ])
  })

  it('tells what the flow does at the moment, and leaves it out of the message', async () => {
    const chunks = await chunksOf(await send('values', [said('user', 'Hi')]))
    expect(chunks).toContainEqual({
      type: 'data-status',
      data: { text: 'Searching…' },
      transient: true,
    })
  })

  it.each([
    ['returned', ['only this']],
    ['echo', ['Hi']],
    ['beside', ['the answer']],
  ])('is what was returned when nothing was said: %s', async (flow, texts) => {
    const message = await messageOf(await send(flow, [said('user', 'Hi')]))
    const found = message?.parts.flatMap((part) => (part.type === 'text' ? part.text : []))
    expect(found).toEqual(texts)
  })

  it('follows the conversation so far', async () => {
    const sourced = { type: 'source-url', sourceId: 's', url: 'https://a.test' } as const
    const answer = said('assistant', 'A mill.')
    await chunksOf(
      await send('chat', [
        said('system', 'Be brief.'),
        said('user', 'Who are you?'),
        { ...answer, parts: [...answer.parts, sourced] },
        said('user', 'And', 'where?'),
      ]),
    )
    expect(model.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'user', content: 'Who are you?' },
        { role: 'assistant', content: 'A mill.' },
        { role: 'user', content: 'And\nwhere?' },
      ],
    })
  })

  it('that breaks off ends with an error part, behind what it said', async () => {
    model.answerWith({ kind: 'text', tokens: ['Hel', 'lo'], end: { cutAfterEvents: 2 } })
    const chunks = await chunksOf(await send('chat', [said('user', 'Hi')]))
    expect(chunks.map(({ type }) => type)).toEqual([
      'start',
      'text-start',
      'text-delta',
      'text-end',
      'error',
    ])
    expect(chunks.at(-1)).toEqual({
      type: 'error',
      errorText: '"Model" closed its connection before the answer was complete. Try again.',
    })
  })
})

/** Without the ids, which belong to a run. */
function strip(part: object): object {
  return Object.fromEntries(
    Object.entries(part).filter(([name]) => name !== 'id' && name !== 'sourceId'),
  )
}

describe('a page that comes back', () => {
  it('gets the answer that goes on from its start, under the same id', async () => {
    const proceed = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['one', ' two'], { afterTokens: 1, until: proceed.promise }))
    const first = (await send('chat', [said('user', 'Hi')], { chatId: 'back' })).getReader()
    const start = await first.read()
    await first.cancel()
    const again = await resume('chat', 'back')
    expect(again).not.toBeNull()
    proceed.resolve()
    const message = again === null ? undefined : await messageOf(again)
    expect(message).toMatchObject({
      id: start.value?.type === 'start' ? start.value.messageId : '',
      parts: [{ type: 'text', text: 'one two' }],
    })
  })

  it('gets nothing, as nothing runs: 204', async () => {
    expect(await resume('chat', 'never')).toBeNull()
    await chunksOf(await send('chat', [said('user', 'Hi')], { chatId: 'over' }))
    expect(await resume('chat', 'over')).toBeNull()
  })

  it('gets no answer of another chat or another flow', async () => {
    model.answerWith(endlessAnswer)
    const mine = (await send('chat', [said('user', 'Hi')], { chatId: 'mine' })).getReader()
    const start = await mine.read()
    expect(await resume('chat', 'other')).toBeNull()
    expect(await resume('echo', 'mine')).toBeNull()
    const runId = start.value?.type === 'start' ? start.value.messageId : ''
    await server.call('POST', `/api/runs/${runId}/stop`)
  })
})

describe('what cannot be answered', () => {
  const file = { type: 'file', mediaType: 'image/png', url: 'data:,' }
  it.each([
    ['a file', { messages: [{ role: 'user', parts: [file] }] }, 'unsupported_parameter'],
    ['no message', { messages: [] }, 'bad_request'],
    ['no message of the user', { messages: [said('assistant', 'x')] }, 'bad_request'],
    ['no chat', { id: undefined }, 'bad_request'],
    ['a message of an unknown role', { messages: [{ role: 'robot', parts: [] }] }, 'bad_request'],
  ])('is refused before anything runs: %s', async (_, changes, code) => {
    const body = { id: 'c1', messages: [said('user', 'Hi')], ...changes }
    const { status: answered, json } = await server.call('POST', '/api/flows/echo/chat', { body })
    expect([answered, json.error.code]).toEqual([400, code])
  })

  it('is a flow that is not there', async () => {
    await expect(send('nothing', [said('user', 'Hi')])).rejects.toThrow('not_found')
  })
})
