import type { Flow } from '@millrace/flow'
import { toast } from 'sonner'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { createWithFreeId } from '../flows/create-with-free-id.ts'
import { deleteWithUndo } from '../flows/flow-actions.ts'
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
  const { flow } = useDocument.getState()
  const copy = await createWithFreeId({ ...flow, name: `${flow.name} (copy)` })
  navigate(designerPath(copy.id))
  toast.success(`This is “${copy.name}”.`)
}

/** Deletes the open flow and goes back to the others; the message that says so can undo it. */
export async function deleteOpenFlow(): Promise<void> {
  // What was typed last belongs to what Undo brings back.
  await saver.save()
  const { flow } = useDocument.getState()
  await deleteWithUndo(flow)
  documentCommands.open(flow, undefined)
  drafts.discard(flow.id)
  navigate('/')
}
