import { LazyImportDialog } from '../import/lazy-import-dialog.tsx'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { replaceContent } from './open-flow-actions.ts'

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'import'

/** *Import…* of the designer: as a flow of its own, or in the place of the open one's content. */
export function ImportIntoFlow() {
  if (!useSession(selectIsOpen)) return null
  return (
    <LazyImportDialog
      texts={[]}
      onClose={sessionCommands.close}
      onReplace={(flow) => {
        replaceContent(flow)
        sessionCommands.close()
      }}
    />
  )
}
