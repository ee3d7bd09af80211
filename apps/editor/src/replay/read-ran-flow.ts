import { parseFlow, type Flow } from '@millrace/flow'
import { toApiError } from '../api/api-error.ts'
import { readRunDocument } from '../api/run-api.ts'

/** What a run ran; `undefined` where it is not kept, or this editor cannot read it. */
export async function readRanFlow(runId: string, signal: AbortSignal): Promise<Flow | undefined> {
  try {
    const parsed = parseFlow(await readRunDocument(runId, signal))
    return parsed.status === 'flow' ? parsed.flow : undefined
  } catch (thrown) {
    if (toApiError(thrown).code === 'not_found') return undefined
    throw thrown
  }
}
