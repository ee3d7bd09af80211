import { isRecord } from '@millrace/flow'

/** What a provider says went wrong in the middle of its answer; no words when it says nothing more. */
export interface ReportedError {
  readonly words: string | undefined
}

/**
 * The error in a chunk: under `error`, in place of a chunk as vLLM and Mistral write it, or in a
 * field of Groq's own. `undefined` when there is none.
 */
export function reportedError(chunk: Readonly<Record<string, unknown>>): ReportedError | undefined {
  const { error, object, message, x_groq: groq } = chunk
  for (const reported of [error, isRecord(groq) ? groq['error'] : undefined]) {
    if (isRecord(reported)) return { words: textOf(reported['message']) }
    if (textOf(reported) !== undefined) return { words: textOf(reported) }
  }
  return object === 'error' ? { words: textOf(message) } : undefined
}

/**
 * Finish reasons of answers that nobody finished: Mistral and OpenRouter failed, SGLang and vLLM
 * gave up, DeepSeek ran out of machines.
 */
const breaks = new Set(['error', 'abort', 'insufficient_system_resource'])

/** Whether a finish reason says that the answer was broken off by its provider. */
export function isBreak(finishReason: string): boolean {
  return breaks.has(finishReason)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
