import { isRecord } from '@millrace/flow'
import type { TrialAnswer } from './read-answer.ts'

/** What went wrong, as a client gets it. */
export interface TrialFailure {
  readonly title: string
  readonly message: string
}

/**
 * The error that an answer is, or that a stream ends with, in whichever protocol; `undefined` for one
 * that went well so far.
 */
export function failureIn({ status, text }: TrialAnswer): TrialFailure | undefined {
  if (status >= 400) {
    const error = errorOf(text)
    return error ?? { title: String(status), message: 'The answer does not say why.' }
  }
  return text.trimEnd().split('\n').slice(-3).map(errorOf).find(Boolean)
}

/** The error of ours and of OpenAI's, in a body, a line or an event; and the part of the AI SDK. */
function errorOf(line: string): TrialFailure | undefined {
  const value = parsed(line.replace(/^data: /, ''))
  if (!isRecord(value)) return undefined
  const { error, type, errorText } = value
  if (type === 'error' && typeof errorText === 'string') {
    return { title: 'error', message: errorText }
  }
  if (!isRecord(error) || typeof error['message'] !== 'string') return undefined
  const { code, message } = error
  return { title: typeof code === 'string' ? code : 'error', message }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
