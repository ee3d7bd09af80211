import { Columns2, Download, Trash2 } from 'lucide-react'
import type { StoredRun } from '../api/run-history-api.ts'
import { comparisonPath, navigate } from '../app/router.ts'
import { attempt } from '../flows/flow-actions.ts'
import { Button } from '../ui/button.tsx'
import { SelectedBar } from '../ui/selected-bar.tsx'
import { saveRuns } from './run-actions.ts'
import { runsPageCommands } from './runs-page-store.ts'

/** What can be done with the runs that are selected. */
export function RunsSelectionBar({ runs }: { readonly runs: readonly StoredRun[] }) {
  if (runs.length === 0) return null
  const ended = runs.filter(({ state }) => state !== 'running')
  const pair = comparablePair(ended)
  return (
    <SelectedBar
      name="Selected runs"
      count={runs.length}
      onSelectNothing={runsPageCommands.selectNothing}
    >
      {pair !== undefined && (
        <Button
          variant="quiet"
          icon={<Columns2 size={16} aria-hidden />}
          onClick={() =>
            navigate(comparisonPath(pair.later.flowId, pair.later.id, pair.earlier.id))
          }
        >
          Compare
        </Button>
      )}
      <Button
        variant="quiet"
        icon={<Download size={16} aria-hidden />}
        disabled={ended.length === 0}
        onClick={() => void attempt(() => saveRuns(ended))}
      >
        Export
      </Button>
      <Button
        variant="quiet"
        icon={<Trash2 size={16} aria-hidden />}
        disabled={ended.length === 0}
        onClick={() => runsPageCommands.askToDelete({ kind: 'runs', runs: ended })}
      >
        Delete…
      </Button>
    </SelectedBar>
  )
}

/** Two runs of one flow; two flows have nothing to compare. */
function comparablePair(
  runs: readonly StoredRun[],
): { readonly later: StoredRun; readonly earlier: StoredRun } | undefined {
  const [later, earlier, ...others] = runs
  if (later === undefined || earlier === undefined || others.length > 0) return undefined
  return later.flowId === earlier.flowId ? { later, earlier } : undefined
}
