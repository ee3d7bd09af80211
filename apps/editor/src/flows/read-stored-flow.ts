import { parseFlow, type Flow } from '@millrace/flow'
import { readFlow } from '../api/flows-api.ts'

/** A flow of the server that is not open here; `undefined` for one that this editor cannot read. */
export async function readStoredFlow(id: string, signal: AbortSignal): Promise<Flow | undefined> {
  const { document } = await readFlow(id, signal)
  const parsed = parseFlow(document)
  return parsed.status === 'flow' ? parsed.flow : undefined
}
