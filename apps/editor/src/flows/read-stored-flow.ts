import { parseFlow, type Flow } from '@millrace/flow'
import { readFlow } from '../api/flows-api.ts'

/** The flow that another one calls; `undefined` for one that this editor cannot read. */
export async function readCalledFlow(id: string, signal: AbortSignal): Promise<Flow | undefined> {
  const { document } = await readFlow(id, signal)
  const parsed = parseFlow(document)
  return parsed.status === 'flow' ? parsed.flow : undefined
}
