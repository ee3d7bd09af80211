import { isRecord, textOf, type RunOutcome } from '@millrace/flow'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readRunEvents } from '../api/runs-api.ts'
import { answerOf, type Answer } from '@millrace/chat-view/answer'

/** One exchange of a conversation, as far as it was recorded. */
export interface Turn {
  readonly runId: string
  /** What was asked; `undefined` where the run holds none. */
  readonly question: string | undefined
  readonly answer: Answer
  /** `undefined` while the run goes on. */
  readonly outcome: RunOutcome | undefined
}

/** Why there is no turn of a run. */
export interface UnreadTurn {
  readonly runId: string
  readonly error: ApiError
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

/** Reads the turns of runs, one after the other; one that cannot be read keeps no other from it. */
export async function* readTurns(
  runIds: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Turn | UnreadTurn> {
  for (const runId of runIds) {
    try {
      yield* readTurn(runId, signal)
    } catch (thrown) {
      if (signal.aborted) return
      yield { runId, error: toApiError(thrown) }
    }
  }
}

function questionIn(input: unknown): string | undefined {
  return isRecord(input) && input['prompt'] !== undefined ? textOf(input['prompt']) : undefined
}
