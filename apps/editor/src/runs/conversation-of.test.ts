import { expect, it } from 'vitest'
import { conversationOf } from './conversation-of.ts'
import { storedRun } from './testing/stored-run.ts'

it('tells a conversation from its first turn on, without what its runs called', () => {
  const runs = [
    storedRun('second', 4),
    storedRun('called by the first', 3, { parentRunId: 'first' }),
    storedRun('first', 2),
    storedRun('called from elsewhere', 1, { parentRunId: 'elsewhere' }),
  ]
  expect(conversationOf(runs).map(({ id }) => id)).toEqual([
    'called from elsewhere',
    'first',
    'second',
  ])
})
