import { isRecord, textOf, type RunOutcome } from '@millrace/flow'
import { readRunEvents } from '../api/runs-api.ts'
import { answerOf, type Answer } from '../chat/answer.ts'

/** One exchange of a conversation, as far as it was recorded. */
export interface Turn {
  readonly runId: string
  /** What was asked; `undefined` where the run holds none. */
  readonly question: string | undefined
  readonly answer: Answer
  /** `undefined` while the run goes on. */
  readonly outcome: RunOutcome | undefined
}

/** What a run was started with, from the first event of its log. */
export async function readInput(runId: string, signal: AbortSignal): Promise<unknown> {
  for await (const events of readRunEvents(runId, signal)) {
    const start = events.find((event) => event.type === 'run-start')
    if (start !== undefined) return start.input
  }
  return undefined
}

/** Reads a turn as it comes: first its question, then more and more of its answer. */
export async function* readTurn(runId: string, signal: AbortSignal): AsyncGenerator<Turn> {
  const question = questionIn(await readInput(runId, signal))
  const yields: unknown[] = []
  yield { runId, question, answer: answerOf([], undefined), outcome: undefined }
  for await (const events of readRunEvents(runId, signal, 'client')) {
    for (const event of events) if (event.type === 'run-yield') yields.push(event.value)
    const end = events.find((event) => event.type === 'run-end')
    yield { runId, question, answer: answerOf(yields, end?.result), outcome: end?.outcome }
  }
}

function questionIn(input: unknown): string | undefined {
  return isRecord(input) && input['prompt'] !== undefined ? textOf(input['prompt']) : undefined
}
