import { FlowError, isRecord } from '@millrace/flow'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import { AnswerText } from './answer-text.ts'

/** What a chat asked a run, and what it answered; of what is no longer kept it is empty. */
export interface RatedAnswer {
  readonly question: string
  readonly completionText: string
}

const pageSize = 2000

/** Reads what a run that ended was asked and answered. Throws `not_found`. */
export async function readRatedAnswer(
  log: Pick<StoredRunLog, 'read'>,
  runId: string,
): Promise<RatedAnswer> {
  const answer = new AnswerText()
  let question = ''
  let completionText = ''
  let after = 0
  while (true) {
    const page = await log.read(runId, after, pageSize)
    if (page.status === 'unknown') {
      throw new FlowError('not_found', `There is no run "${runId}", or it is no longer kept.`)
    }
    if (page.status === 'gap') {
      after = page.oldest - 1
      continue
    }
    for (const entry of page.entries) {
      if (entry.event.type === 'run-start') question = promptOf(entry.event.input)
      completionText += answer.take(entry)
    }
    const last = page.entries.at(-1)
    if (last === undefined || page.isEnd) return { question, completionText }
    after = last.event.seq
  }
}

function promptOf(input: unknown): string {
  const prompt = isRecord(input) ? input['prompt'] : undefined
  return typeof prompt === 'string' ? prompt : ''
}
