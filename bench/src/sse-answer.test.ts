import { expect, it } from 'vitest'
import { type SseAnswer, sseReader } from './sse-answer.ts'
import { tokensOf } from './workload.ts'

const tokens = tokensOf(40)

it.each([
  ['the baseline', (token: string) => frame({ content: token }), 'event: end\ndata: {}\n\n'],
  [
    'the pipe',
    (token: string) => frame({ choices: [{ delta: { content: token } }] }),
    `${frame({ choices: [{ delta: {} }] })}data: [DONE]\n\n`,
  ],
  [
    'Millrace',
    (token: string, index: number) => `id: ${index}\nevent: yield\n${frame(token)}`,
    'id: 41\nevent: end\ndata: {"outcome":"completed"}\n\n',
  ],
])('reads the tokens of %s, wherever the text is cut', (_, frameOf, end) => {
  const stream = tokens.map(frameOf).join('') + end
  const answer: SseAnswer = { text: '' }
  const read = sseReader(answer)
  for (let at = 0; at < stream.length; at += 7) read(stream.slice(at, at + 7))
  expect(answer).toEqual({ text: tokens.join(''), end: 'complete' })
})

it('tells an error and a missing end from a complete stream', () => {
  const failed: SseAnswer = { text: '' }
  sseReader(failed)('event: error\ndata: {"error":{"code":"timeout"}}\n\n')
  expect(failed.end).toBe('error')
  const cut: SseAnswer = { text: '' }
  sseReader(cut)(frame('Hello'))
  expect(cut).toEqual({ text: 'Hello' })
})

function frame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}
