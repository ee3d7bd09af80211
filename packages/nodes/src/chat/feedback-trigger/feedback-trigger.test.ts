import { describe, expect, it } from 'vitest'
import { runFeedbackTrigger } from './run.ts'

function accept(input: unknown): unknown {
  if (runFeedbackTrigger.kind !== 'trigger') throw new Error('It is a trigger.')
  return runFeedbackTrigger.accept(input, {})['feedback']
}

const empty = { runId: '', sessionId: '', question: '', completionText: '', comment: '' }

describe('chat.feedbackTrigger', () => {
  it('takes a vote alone', () => {
    for (const feedback of ['up', 'down', 'none']) {
      expect(accept({ feedback })).toEqual({ ...empty, feedback })
    }
  })

  it('takes all that is known of the answer', () => {
    const input = {
      runId: 'r1',
      sessionId: 's1',
      question: 'Why?',
      completionText: 'Because.',
      feedback: 'down',
      comment: 'Too short',
    }
    expect(accept({ ...input, more: 1 })).toEqual(input)
  })

  it.each([
    ['no object', 'up', 'starts with a JSON object'],
    ['no vote', {}, 'must be "up", "down", or "none"'],
    ['another vote', { feedback: 'maybe' }, 'must be "up", "down", or "none"'],
    [
      'a comment that is no text',
      { feedback: 'up', comment: 5 },
      '"comment" of the feedback must be text, but is number',
    ],
  ])('refuses %s', (_, input, message) => {
    expect(() => accept(input)).toThrow(
      expect.objectContaining({ code: 'input_invalid', message: expect.stringContaining(message) }),
    )
  })
})
