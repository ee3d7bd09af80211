import { expect, it } from 'vitest'
import type { Answer } from '@millrace/chat-view/answer'
import { noRun } from '../run/watched-run.ts'
import { endOf, historyOf, type Turn } from './chat-store.ts'

function turn(prompt: string, words: string | undefined): Turn {
  const parts: Answer['parts'] = words === undefined ? [] : [{ kind: 'text', text: words }]
  return {
    id: prompt,
    prompt,
    end: {
      runId: 'run-1',
      outcome: words === undefined ? 'failed' : 'completed',
      answer: { parts, sources: [], statusLine: undefined },
      error: undefined,
      part: undefined,
      usage: null,
      timing: undefined,
      calls: [],
      endedAt: 0,
    },
  }
}

it('sends along what was asked and answered, and leaves out what failed or is still open', () => {
  const open: Turn = { id: 'open', prompt: 'Still there?', end: undefined }
  expect(historyOf([turn('Hi', 'Hello!'), turn('And?', undefined), open])).toEqual([
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello!' },
  ])
})

it('tells a run that was interrupted from one that another took the place of', () => {
  expect(endOf({ ...noRun, status: 'interrupted' }, 0).outcome).toBe('interrupted')
  expect(endOf({ ...noRun, status: 'running' }, 0).outcome).toBe('left')
})
