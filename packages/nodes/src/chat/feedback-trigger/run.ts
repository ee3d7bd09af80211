import { implementTrigger } from '@millrace/engine'
import { FlowError, isRecord, type ValueOf } from '@millrace/flow'
import { kindOf } from '../../kind-of.ts'
import { feedbackTrigger } from './definition.ts'

/** Reads a vote and what it is about; what is not known of that is empty. */
export const runFeedbackTrigger = implementTrigger(feedbackTrigger, (input) => ({
  feedback: readFeedback(input),
}))

const votes: readonly unknown[] = ['up', 'down', 'none']

function readFeedback(input: unknown): ValueOf<'chatFeedback'> {
  if (!isRecord(input)) {
    throw new FlowError(
      'input_invalid',
      'A flow for feedback starts with a JSON object. Send { "feedback": "up" }, or rate a run at POST /api/runs/{runId}/feedback.',
    )
  }
  const feedback = textOf(input, 'feedback')
  if (!votes.includes(feedback)) {
    throw new FlowError(
      'input_invalid',
      '"feedback" must be "up", "down", or "none" when an earlier vote is taken back.',
      { details: { field: 'feedback' } },
    )
  }
  return {
    runId: textOf(input, 'runId'),
    sessionId: textOf(input, 'sessionId'),
    question: textOf(input, 'question'),
    completionText: textOf(input, 'completionText'),
    feedback,
    comment: textOf(input, 'comment'),
  }
}

function textOf(input: Readonly<Record<string, unknown>>, key: string): string {
  const value = input[key] ?? ''
  if (typeof value === 'string') return value
  throw new FlowError(
    'input_invalid',
    `"${key}" of the feedback must be text, but is ${kindOf(value)}. Send it in quotes.`,
    { details: { field: key } },
  )
}
