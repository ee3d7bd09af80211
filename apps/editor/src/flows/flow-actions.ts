import { isRecord, parseFlow } from '@millrace/flow'
import { toast } from 'sonner'
import { toApiError } from '../api/api-error.ts'
import { readFlow } from '../api/flows-api.ts'
import { createWithFreeId } from './create-with-free-id.ts'
import { downloadText } from './download.ts'
import { exportFlow } from './export-flow.ts'
import { flowListCommands } from './flow-list.ts'

/** Does something for a designer and tells what went wrong, if it does. */
export async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (thrown) {
    toast.error(toApiError(thrown).message)
  }
}

/** Makes a second flow of one on the server. */
export async function duplicateFlow(id: string): Promise<void> {
  const { document } = await readFlow(id)
  const parsed = parseFlow(document)
  if (parsed.status !== 'flow') throw new Error('A flow that cannot be read cannot be duplicated.')
  const copy = await createWithFreeId({ ...parsed.flow, name: `${parsed.flow.name} (copy)` })
  await flowListCommands.load()
  toast.success(`“${copy.name}” is ready.`)
}

/** Saves a flow of the server as a file; one that cannot be read is saved as it is. */
export async function exportStoredFlow(id: string): Promise<void> {
  const { document } = await readFlow(id)
  const parsed = parseFlow(document)
  if (parsed.status === 'flow') exportFlow(parsed.flow)
  else if (isRecord(document)) downloadText(`${id}.flow.json`, JSON.stringify(document, null, 2))
}

/** Deletes a flow; for some seconds it can be brought back. */
export async function deleteWithUndo(flow: {
  readonly id: string
  readonly name: string
}): Promise<void> {
  const restore = await flowListCommands.remove(flow.id)
  toast(`“${flow.name}” is deleted.`, {
    duration: 10_000,
    action: { label: 'Undo', onClick: () => void attempt(restore) },
  })
}
