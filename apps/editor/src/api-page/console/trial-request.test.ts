import { expect, it } from 'vitest'
import { trialRequest, type Trial } from './trial-request.ts'

const input = { prompt: 'Hi', sessionId: 's1' }
const request = (trial: Partial<Trial>) =>
  trialRequest(
    { flowId: 'a b', environment: 'test' },
    { call: 'completion', framing: 'sse', input, key: '', ...trial },
  )

it('says where the flow runs, and as which session of a chat', () => {
  const { path, init } = request({})
  expect(path).toBe('/v1/chat/completions?env=test')
  expect(init).toEqual({
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-session-id': 's1' },
    body: JSON.stringify({
      model: 'a b',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    }),
  })
})

it('calls by a key alone where one is given', () => {
  const { path, init } = request({ call: 'stream', framing: 'ndjson', key: 'k' })
  expect(path).toBe('/api/flows/a%20b/stream?env=test')
  expect(init).toMatchObject({
    credentials: 'omit',
    headers: { accept: 'application/x-ndjson', authorization: 'Bearer k' },
    body: JSON.stringify(input),
  })
})

it.each([
  ['stream', 'sse', ':\n\nid: 2\nevent: yield\ndata: 1\n\n', 'id: 3\nevent: end\ndata: {}\n\n'],
  ['stream', 'ndjson', '{"seq":2,"value":1}\n', '{"end":{}}\n'],
  ['stream', 'json', '[1', '['],
  ['completion', 'sse', '{"delta":{"content":"a"}}', '{"delta":{"role":"x","content":""}}'],
  ['chat', 'sse', '{"type":"text-delta"}', '{"type":"text-start"}'],
  ['run', 'sse', 'null', ''],
] as const)('knows the first value of %s as %s', (call, framing, withValue, without) => {
  const { firstValue } = request({ call, framing })
  expect([firstValue.test(withValue), firstValue.test(without)]).toEqual([true, false])
})
