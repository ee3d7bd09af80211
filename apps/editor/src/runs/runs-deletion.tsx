import { FetchedPart } from '../ui/fetched-part.tsx'
import { runList, runsPageCommands, useRunsPage } from './runs-page-store.ts'

const load = async () => ({ default: (await import('./delete-runs-dialog.tsx')).DeleteRunsDialog })

/** Asks before runs of the page are deleted. */
export function RunsDeletion() {
  const deletion = useRunsPage((state) => state.deletion)
  if (deletion === undefined) return null
  const onClose = runsPageCommands.keep
  const props = { deletion, onClose, onDeleted: takeAway }
  return <FetchedPart name="The question" load={load} props={props} onFailed={onClose} />
}

/** Takes deleted runs out of view; of a whole group the server knows best. */
function takeAway(ids?: ReadonlySet<string>): void {
  runsPageCommands.selectNothing()
  if (ids === undefined) void runList.reload()
  else void runList.remove(ids)
}
