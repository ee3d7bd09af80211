import { createWithFreeId } from '../flows/create-with-free-id.ts'
import { attempt } from '../flows/flow-actions.ts'
import { ImportDialog } from '../flows/import-dialog.tsx'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { replaceContent } from './open-flow-actions.ts'
import { designerPath, navigate } from './router.ts'

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'import'

/** *Import…* of the designer: as a flow of its own, or in the place of the open one's content. */
export function ImportIntoFlow() {
  if (!useSession(selectIsOpen)) return null
  return (
    <ImportDialog
      onClose={sessionCommands.close}
      onCreate={(flow) =>
        attempt(async () => navigate(designerPath((await createWithFreeId(flow)).id)))
      }
      onReplace={(flow) => {
        replaceContent(flow)
        sessionCommands.close()
      }}
    />
  )
}
