import { describe, expect, it } from 'vitest'
import { answerOf, wordsOf } from './answer.ts'

describe('an answer', () => {
  it('joins messages and plain text into one text', () => {
    const answer = answerOf([{ content: 'Hel', index: 0 }, { content: 'lo', index: 1 }, '!'], null)
    expect(answer).toEqual({ parts: [{ kind: 'text', text: 'Hello!' }], statusLine: undefined })
    expect(wordsOf(answer)).toBe('Hello!')
  })

  it('shows other JSON as a block between the texts, and only the last status line', () => {
    const answer = answerOf(
      [
        { type: 'status', text: 'Searching' },
        'A',
        { hits: 3 },
        { type: 'status', text: 'Done' },
        'B',
      ],
      null,
    )
    expect(answer).toEqual({
      parts: [
        { kind: 'text', text: 'A' },
        { kind: 'json', value: { hits: 3 } },
        { kind: 'text', text: 'B' },
      ],
      statusLine: 'Done',
    })
  })

  it('lists sources, and keeps only addresses of the web', () => {
    const items = [{ title: 'Guide', url: 'https://a.test' }, { url: 'javascript:alert(1)' }]
    expect(answerOf([{ type: 'sources', items }], null).parts).toEqual([
      {
        kind: 'sources',
        items: [
          { title: 'Guide', url: 'https://a.test', snippet: undefined },
          { title: 'javascript:alert(1)', url: undefined, snippet: undefined },
        ],
      },
    ])
  })

  it('falls back to the returned value when nothing was yielded', () => {
    expect(answerOf([], { content: 'Hi' }).parts).toEqual([{ kind: 'text', text: 'Hi' }])
    expect(answerOf(['Hi'], 'unused').parts).toEqual([{ kind: 'text', text: 'Hi' }])
    expect(answerOf([], null).parts).toEqual([])
  })
})
