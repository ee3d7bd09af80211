import type { Flow } from '@millrace/flow'
import { toast } from 'sonner'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { deleteWithUndo, duplicateStoredFlow } from '../flows/flow-actions.ts'
import { drafts, saver } from '../saving/saving.ts'
import { designerPath, navigate } from './router.ts'

/** Puts an imported flow in the place of the open one's content. */
export function replaceContent(imported: Flow): void {
  documentCommands.edit('Import', ({ id }) => ({ ...imported, id }))
  toast.success('The flow is replaced.', {
    action: { label: 'Undo', onClick: () => documentCommands.undo() },
  })
}

/** Stores a copy of the open flow, and opens it. */
export async function duplicateOpenFlow(): Promise<void> {
  const isSaved = await saver.save()
  const { id, name } = useDocument.getState().flow
  // What was typed last is part of the copy.
  if (!isSaved) {
    throw new Error(
      `“${name}” is not saved, so a copy would lack your last changes. Save it first; the bar says what keeps it from being saved.`,
    )
  }
  navigate(designerPath(await duplicateStoredFlow(id)))
}

/** Deletes the open flow and goes back to the others; the message that says so can undo it. */
export async function deleteOpenFlow(): Promise<void> {
  // What was typed last belongs to what Undo brings back.
  await saver.save()
  const { flow } = useDocument.getState()
  await deleteWithUndo([flow])
  documentCommands.open(flow, undefined)
  drafts.discard(flow.id)
  navigate('/')
}
