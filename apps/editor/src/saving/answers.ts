import type { Flow } from '@millrace/flow'
import { toApiError } from '../api/api-error.ts'
import { restoreFlow } from '../api/flows-api.ts'
import { designerPath, navigate } from '../app/router.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { createWithFreeId } from '../flows/create-with-free-id.ts'
import type { ServerVersion } from './create-saver.ts'
import { drafts, saver } from './saving.ts'
import { toast } from '../ui/toast.ts'

/** What a designer may answer when the open flow was changed elsewhere. */

/** Their version becomes the open one; undo brings mine back. */
export function takeTheirs({ flow, revision }: ServerVersion): void {
  documentCommands.edit('Load the other version', () => flow)
  documentCommands.markSaved(flow, revision)
  drafts.discard(flow.id)
  saver.setStatus({ kind: 'rested' })
}

/** Both together become the open one, saved over theirs; undo brings mine back. */
export async function saveMerged(merged: Flow, { flow, revision }: ServerVersion): Promise<void> {
  documentCommands.edit('Merge with the other version', () => merged)
  documentCommands.markSaved(flow, revision)
  saver.setStatus({ kind: 'rested' })
  if (await saver.save()) toast.success('Your changes and theirs are together now.')
}

/** Mine is saved over theirs, which stays among the versions. */
export async function overwriteTheirs({ revision }: ServerVersion): Promise<void> {
  if (await saver.saveOver(revision))
    toast.success('Your version is saved. Theirs is in the version history.')
}

/** Mine becomes a flow of its own, which is opened; theirs stays as it is. */
export async function keepCopy(mine: Flow): Promise<void> {
  const copy = await createWithFreeId({ ...mine, name: `${mine.name} (my version)` })
  letGo(mine)
  navigate(designerPath(copy.id))
  toast.success(`Your version is now “${copy.name}”.`)
}

/** Brings the open flow back, which was deleted elsewhere, and saves what is here over it. */
export async function saveDeletedAgain(): Promise<void> {
  const { id } = useDocument.getState().flow
  try {
    await saver.saveOver((await restoreFlow(id)).revision)
  } catch (thrown) {
    // What was never stored cannot be brought back: it is stored as a new one.
    if (toApiError(thrown).code !== 'not_found') throw thrown
    await saver.saveOver(undefined)
  }
}

/** Lets the open document go, since it is safe elsewhere or not wanted: leaving it saves nothing. */
export function letGo(flow: Flow): void {
  drafts.discard(flow.id)
  documentCommands.open(flow, undefined)
  saver.setStatus({ kind: 'rested' })
}
