import { describe, expect, it } from 'vitest'
import { readHistory } from './read-history.ts'

const source = { what: 'The history of "Chat"', property: 'history' }
const turns = [
  { role: 'user', content: 'a' },
  { role: 'assistant', content: 'b' },
]

describe('readHistory', () => {
  it.each([[null], [undefined], [''], [' \n '], ['null'], [[]], ['[]']])(
    '[S14] takes %j for none',
    (value) => {
      expect(readHistory(value, source)).toEqual([])
    },
  )

  it('[S15] reads a list of messages, and the same as JSON text', () => {
    expect(readHistory(turns, source)).toEqual(turns)
    expect(readHistory(JSON.stringify(turns), source)).toEqual(turns)
  })

  it('[S15] reads keys and roles in any case, and drops what it does not need', () => {
    const stored =
      '[{"Role":"User","Content":"a","IsSummary":null},{"ROLE":"Assistant","content":"b"}]'
    expect(readHistory(stored, source)).toEqual(turns)
  })

  it.each([
    ['text that is not JSON', 'Hello you', 'is not JSON'],
    ['a value that is no list', { role: 'user', content: 'a' }, 'is not a list of messages'],
    ['a message without content', [{ role: 'user' }], 'has no text role and content at 0'],
    [
      'a role that is unknown',
      [{ role: 'robot', content: 'a' }],
      'has the unknown role "robot" at 0',
    ],
    ['a list of anything', [1], 'has no text role and content at 0'],
    ['a number', 5, 'is not a list of messages'],
  ])('[S16] refuses %s, naming it and quoting its beginning', (_, value, problem) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    expect(() => readHistory(value, source)).toThrow(
      expect.objectContaining({
        code: 'input_invalid',
        property: 'history',
        message: expect.stringContaining(
          `The history of "Chat" cannot be read: it ${problem}. It begins with "${text.slice(0, 40)}".`,
        ),
      }),
    )
  })
})
