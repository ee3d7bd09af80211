import type { ChatMessage } from '@millrace/flow'
import { expect, it } from 'vitest'
import { truncateHistory } from './truncate-history.ts'

/** A conversation of so many messages, the user first: `u0 a1 u2 …`. */
function conversation(length: number): readonly ChatMessage[] {
  return Array.from({ length }, (_, index) =>
    index % 2 === 0
      ? { role: 'user', content: `u${index}` }
      : { role: 'assistant', content: `a${index}` },
  )
}

it.each([
  [0, { target: 4, threshold: 0 }, ''],
  [4, { target: 4, threshold: 0 }, 'u0 a1 u2 a3'],
  [6, { target: 4, threshold: 2 }, 'u0 a1 u2 a3 u4 a5'],
  [8, { target: 4, threshold: 2 }, 'u4 a5 u6 a7'],
  [6, { target: 4, threshold: 0 }, 'u2 a3 u4 a5'],
  [5, { target: 4, threshold: 0 }, 'u2 a3 u4'],
  [5, { target: 1, threshold: 0 }, 'u4'],
  [6, { target: 1, threshold: 0 }, ''],
])('keeps of %i messages with %j: "%s"', (length, truncation, kept) => {
  const messages = truncateHistory(conversation(length), truncation)
  expect(messages.map(({ content }) => content).join(' ')).toBe(kept)
})
