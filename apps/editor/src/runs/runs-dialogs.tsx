import { FetchedPart } from '../ui/fetched-part.tsx'
import { runList, runsPageCommands, useRunsPage } from './runs-page-store.ts'

// None of them is needed to see the list.
const loadDelete = async () => ({
  default: (await import('./delete-runs-dialog.tsx')).DeleteRunsDialog,
})
const loadStored = async () => ({ default: (await import('./stored-dialog.tsx')).StoredDialog })

/** The dialog that is open over the Runs page, fetched when it is opened. */
export function RunsDialogs() {
  const opened = useRunsPage((state) => state.opened)
  const onClose = runsPageCommands.close
  switch (opened?.kind) {
    case undefined:
      return null
    case 'stored':
      return (
        <FetchedPart
          name="What is stored"
          load={loadStored}
          props={{ onClose }}
          onFailed={onClose}
        />
      )
    case 'delete': {
      const props = { deletion: opened.deletion, onClose, onDeleted: takeAway }
      return <FetchedPart name="The question" load={loadDelete} props={props} onFailed={onClose} />
    }
  }
}

/** Takes deleted runs out of view; of a whole group the server knows best. */
function takeAway(ids?: ReadonlySet<string>): void {
  runsPageCommands.selectNothing()
  if (ids === undefined) void runList.reload()
  else runList.remove(ids)
}
