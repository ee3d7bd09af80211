import { navigate, runPath } from '../app/router.ts'
import { useDocument } from '../document/document-store.ts'
import { runCommands } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'

/** Shows the events of a run: in view anyway when it is the one that is shown, else it is opened. */
export function showEvents(runId: string): void {
  sessionCommands.openBottomPanel('events')
  if (runCommands.current().runId === runId) return
  navigate(runPath(useDocument.getState().flow.id, runId))
}
