import type { Flow } from '@millrace/flow'
import { designerPath, navigate } from '../app/router.ts'
import { documentCommands } from '../document/document-store.ts'
import { createWithFreeId } from '../flows/create-with-free-id.ts'
import { toast } from '../ui/toast.ts'

/** What can be done with a version; `moment` says of when it is, within a sentence. */
export const versionCommands = {
  /** Makes it the open document, as an edit that can be undone, and goes back to the canvas. */
  restore(version: Flow, moment: string): void {
    documentCommands.edit(`Restore the version of ${moment}`, ({ id }) => ({ ...version, id }))
    navigate(designerPath(version.id))
    toast.success(`The flow is again as it was ${moment}.`, {
      action: { label: 'Undo', onClick: () => documentCommands.undo() },
    })
  },
  /** Makes a flow of its own of it, and opens that. */
  async copy(version: Flow, moment: string): Promise<void> {
    const copy = await createWithFreeId({ ...version, name: `${version.name} (of ${moment})` })
    navigate(designerPath(copy.id))
    toast.success(`This is “${copy.name}”.`)
  },
}
