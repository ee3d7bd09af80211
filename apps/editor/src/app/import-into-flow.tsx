import { LazyImportDialog } from '../import/lazy-import-dialog.tsx'
import type { ImportText } from '../import/read-import.ts'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { replaceContent } from './open-flow-actions.ts'

const noTexts: readonly ImportText[] = []
const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'import'

/** *Import…* of the designer: as a flow of its own, or in the place of the open one's content. */
export function ImportIntoFlow() {
  if (!useSession(selectIsOpen)) return null
  return (
    <LazyImportDialog
      texts={noTexts}
      onClose={sessionCommands.close}
      onReplace={(flow) => {
        replaceContent(flow)
        sessionCommands.close()
      }}
    />
  )
}
