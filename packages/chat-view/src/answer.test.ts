import { describe, expect, it } from 'vitest'
import { answerOf, isBlank, wordsOf } from './answer.ts'

describe('an answer', () => {
  it('joins messages and plain text into one text', () => {
    const answer = answerOf([{ content: 'Hel', index: 0 }, { content: 'lo', index: 1 }, '!'], null)
    expect(answer).toEqual({
      parts: [{ kind: 'text', text: 'Hello!' }],
      sources: [],
      statusLine: undefined,
    })
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
      sources: [],
      statusLine: 'Done',
    })
  })

  it('lists all sources together, and lets the text before and after them be one', () => {
    const items = [{ title: 'Guide', url: 'https://a.test' }, { url: 'javascript:alert(1)' }]
    const answer = answerOf(
      ['A', { type: 'sources', items }, 'B', { type: 'sources', items: [{ title: 'Third' }] }],
      null,
    )
    expect(answer).toEqual({
      parts: [{ kind: 'text', text: 'AB' }],
      sources: [
        { title: 'Guide', url: 'https://a.test' },
        { title: 'javascript:alert(1)' },
        { title: 'Third' },
      ],
      statusLine: undefined,
    })
  })

  it('falls back to the returned value when nothing was yielded', () => {
    expect(answerOf([], { content: 'Hi' }).parts).toEqual([{ kind: 'text', text: 'Hi' }])
    expect(answerOf([], { hits: 3 }).parts).toEqual([{ kind: 'json', value: { hits: 3 } }])
    expect(answerOf(['Hi'], 'unused').parts).toEqual([{ kind: 'text', text: 'Hi' }])
    expect(answerOf([], null).parts).toEqual([])
  })

  it('falls back to the returned value when only a status or sources were yielded', () => {
    const items = [{ title: 'Guide' }]
    const yields = [
      { type: 'status', text: 'Searching' },
      { type: 'sources', items },
    ]
    expect(answerOf(yields, 'Hi')).toEqual({
      parts: [{ kind: 'text', text: 'Hi' }],
      sources: items,
      statusLine: 'Searching',
    })
  })

  it('is blank when there is nothing left of it after the run', () => {
    expect(isBlank(answerOf([{ type: 'status', text: 'Searching' }, ''], null))).toBe(true)
    expect(isBlank(answerOf([{ type: 'sources', items: [{ title: 'Guide' }] }], null))).toBe(false)
  })
})
