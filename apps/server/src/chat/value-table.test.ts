import type { JsonValue } from '@millrace/flow'
import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'

// What a value becomes: a row for each kind of value, a column for each way to call a flow, by the
// official client of that way. What chats of ours make of them is held by tests of `chat-view`.

interface Row {
  readonly what: string
  /** As the nodes hold them: nothing at all is no value of a property. */
  readonly yields: readonly JsonValue[]
  readonly returned?: JsonValue
  /** What `/stream` and `/events` send: the values as they are. */
  readonly values: readonly JsonValue[]
  /** What OpenAI's clients read. */
  readonly completion: string
  /** What the AI SDK's clients keep of the message, without ids. */
  readonly parts: readonly object[]
}

const sources = {
  type: 'sources',
  items: [{ title: 'Guide', url: 'https://a.test', snippet: 'Wheels', score: 0.5 }],
}
const status = { type: 'status', text: 'Searching…' }
const guide = {
  type: 'source-url',
  title: 'Guide',
  url: 'https://a.test',
  providerMetadata: { millrace: { snippet: 'Wheels', score: 0.5 } },
}
const text = (words: string) => ({ type: 'text', text: words, state: 'done' })
const json = (data: JsonValue) => ({ type: 'data-json', data })

const rows: readonly Row[] = [
  { what: 'text', yields: ['Hi'], values: ['Hi'], completion: 'Hi', parts: [text('Hi')] },
  {
    what: 'empty text',
    yields: [{ $expr: '""' }, 'Hi'],
    values: ['', 'Hi'],
    completion: 'Hi',
    parts: [text('Hi')],
  },
  {
    what: 'null',
    yields: [{ $expr: 'null' }, 'Hi'],
    values: [null, 'Hi'],
    completion: 'Hi',
    parts: [text('Hi')],
  },
  {
    what: 'a record with text content',
    yields: [{ content: 'Hi', index: 0 }],
    values: [{ content: 'Hi', index: 0 }],
    completion: 'Hi',
    parts: [text('Hi')],
  },
  {
    what: 'sources beside text',
    yields: ['Hi', sources],
    values: ['Hi', sources],
    completion: 'Hi',
    parts: [text('Hi'), guide],
  },
  {
    what: 'a status before text',
    yields: [status, 'Hi'],
    values: [status, 'Hi'],
    completion: 'Hi',
    parts: [text('Hi')],
  },
  {
    what: 'a record',
    yields: [{ hits: 3 }],
    values: [{ hits: 3 }],
    completion: '{"hits":3}',
    parts: [json({ hits: 3 })],
  },
  {
    what: 'a list',
    yields: [[1, 'a']],
    values: [[1, 'a']],
    completion: '[1,"a"]',
    parts: [json([1, 'a'])],
  },
  { what: 'a number', yields: [7], values: [7], completion: '7', parts: [json(7)] },
  { what: 'a truth', yields: [false], values: [false], completion: 'false', parts: [json(false)] },
  {
    what: 'text that is only returned',
    yields: [],
    returned: 'Hi',
    values: [],
    completion: 'Hi',
    parts: [text('Hi')],
  },
  {
    what: 'a record that is only returned',
    yields: [],
    returned: { hits: 3 },
    values: [],
    completion: '{"hits":3}',
    parts: [text('{"hits":3}')],
  },
  {
    what: 'text that is returned beside what is no answer',
    yields: [status, sources],
    returned: 'Hi',
    values: [status, sources],
    completion: 'Hi',
    parts: [guide, text('Hi')],
  },
  {
    what: 'text that is returned after another was yielded',
    yields: ['Hi'],
    returned: 'Bye',
    values: ['Hi'],
    completion: 'Hi',
    parts: [text('Hi')],
  },
  { what: 'nothing', yields: [], values: [], completion: '', parts: [] },
]

let server: TestServer
let openai: OpenAI
beforeAll(async () => {
  server = await startTestServer()
  openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'any' })
  for (const [index, { yields, returned }] of rows.entries()) {
    const body = valuesFlow(`row${index}`, yields, returned)
    expect((await server.call('POST', '/api/flows', { body })).status).toBe(201)
  }
})
afterAll(() => server.close())

/** The events of a stream of ours, with their data. */
function eventsIn(sse: string): readonly { readonly event: string; readonly data: Data }[] {
  return [...sse.matchAll(/^event: (.+)\ndata: (.+)$/gm)].map(([, event = '', data = '']) => ({
    event,
    data: JSON.parse(data),
  }))
}
// oxlint-disable-next-line no-explicit-any -- tests say what they expect of it
type Data = any

describe.each(rows.map((row, index) => [row.what, `row${index}`, row] as const))(
  '%s',
  (_, flow, { values, returned, completion, parts }) => {
    const prompt = { sessionId: 's', prompt: 'x' }
    const ask = { model: flow, messages: [{ role: 'user' as const, content: 'x' }] }

    it('is itself in /stream, and what is returned stands at its end', async () => {
      const { text: sse } = await server.call('POST', `/api/flows/${flow}/stream`, { body: prompt })
      const events = eventsIn(sse)
      expect(events.slice(0, -1)).toEqual(values.map((data) => ({ event: 'yield', data })))
      expect(events.at(-1)).toMatchObject({ event: 'end', data: { result: returned ?? null } })
    })

    it('is itself in /events', async () => {
      const { json: run } = await server.call('POST', `/api/flows/${flow}/submit`, { body: prompt })
      const path = `/api/runs/${run.runId}/events?view=client`
      const events = eventsIn((await server.call('GET', path)).text)
      const yields = events.filter(({ event }) => event === 'run-yield')
      expect(yields.map(({ data }) => data.value)).toEqual(values)
      expect(events.at(-1)).toMatchObject({ event: 'run-end', data: { outcome: 'completed' } })
    })

    it('is a content delta of its text for OpenAI’s client', async () => {
      const chunks: OpenAI.ChatCompletionChunk[] = []
      const stream = await openai.chat.completions.create({ ...ask, stream: true })
      for await (const chunk of stream) chunks.push(chunk)
      expect(chunks.map(({ choices: [one] }) => one?.delta.content ?? '').join('')).toBe(completion)
      expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop')
    })

    it('is a part of the whole answer for OpenAI’s client', async () => {
      const { choices } = await openai.chat.completions.create(ask)
      expect(choices[0]?.message.content).toBe(completion)
    })

    it('is a part of its kind for the AI SDK’s client', async () => {
      const api = `${server.url}/api/flows/${flow}/chat`
      const stream = await new DefaultChatTransport({ api }).sendMessages({
        trigger: 'submit-message',
        chatId: 'c',
        messageId: undefined,
        messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: 'x' }] }],
        abortSignal: undefined,
      })
      let message: UIMessage | undefined
      for await (const next of readUIMessageStream({ stream })) message = next
      const found = message?.parts.map((part) =>
        Object.fromEntries(
          Object.entries(part).filter(([name]) => name !== 'id' && name !== 'sourceId'),
        ),
      )
      expect(found).toEqual(parts)
    })
  },
)
