import type { Flow, FlowMerge } from '@millrace/flow'
import { toApiError } from '../api/api-error.ts'
import { restoreFlow } from '../api/flows-api.ts'
import { listRevisions, nameRevision } from '../api/revisions-api.ts'
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
export async function saveMerged(merged: FlowMerge, theirs: ServerVersion): Promise<void> {
  documentCommands.edit('Merge with the other version', () => merged.flow)
  documentCommands.markSaved(theirs.flow, theirs.revision)
  saver.setStatus({ kind: 'rested' })
  if (!(await saver.save())) return
  toast.success('Your changes and theirs are together now.')
  if (merged.conflicts.length > 0) await keepAmongVersions(theirs)
}

/** Mine is saved over theirs, which stays among the versions. */
export async function overwriteTheirs(theirs: ServerVersion): Promise<void> {
  if (!(await saver.saveOver(theirs.revision))) return
  toast.success('Your version is saved. Theirs is in the version history.')
  await keepAmongVersions(theirs)
}

/** Names a version that mine took the place of at once: without a name it would be thinned out. */
async function keepAmongVersions({ flow, revision }: ServerVersion): Promise<void> {
  const signal = AbortSignal.timeout(20_000)
  const before = String(Number(revision) + 1)
  const [kept] = (await listRevisions(flow.id, { before, signal })).revisions
  if (kept?.revision !== revision || kept.name !== undefined) return
  await nameRevision(flow.id, revision, 'Before it was overwritten')
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
