import { expect, it } from 'vitest'
import { failureIn } from './failure-in.ts'

const failure = (status: number, text: string) =>
  failureIn({
    status,
    text,
    runId: undefined,
    contentType: '',
    isCut: false,
    firstValueMs: undefined,
    endedMs: 1,
  })
const ours = JSON.stringify({ error: { code: 'input_invalid', message: 'Send it.' } })
const openai = JSON.stringify({ error: { message: 'Gone.', type: 'x', param: null, code: null } })

it.each([
  ['a body of ours', 422, ours, { title: 'input_invalid', message: 'Send it.' }],
  ['a body of OpenAI’s', 404, openai, { title: 'error', message: 'Gone.' }],
  [
    'an event',
    200,
    `id: 2\nevent: error\ndata: ${ours}\n\n`,
    { title: 'input_invalid', message: 'Send it.' },
  ],
  [
    'a line',
    200,
    `{"seq":2,"value":1}\n${ours}\n`,
    { title: 'input_invalid', message: 'Send it.' },
  ],
  [
    'a chunk',
    200,
    `data: {"choices":[]}\n\ndata: ${openai}\n\n`,
    { title: 'error', message: 'Gone.' },
  ],
  [
    'a part of the AI SDK',
    200,
    'data: {"type":"error","errorText":"Gone."}\n\ndata: [DONE]\n\n',
    { title: 'error', message: 'Gone.' },
  ],
])('finds the error that is %s', (_, status, text, expected) => {
  expect(failure(status, text)).toEqual(expected)
})

it('finds none in an answer that went well, and says when a refusal has no words', () => {
  expect(failure(200, 'data: {"content":"error"}\n\ndata: [DONE]\n\n')).toBeUndefined()
  expect(failure(502, '<h1>Bad gateway</h1>')).toEqual({
    title: '502',
    message: 'The answer does not say why.',
  })
})
