import { Columns2, Download, Trash2, X } from 'lucide-react'
import type { StoredRun } from '../api/run-history-api.ts'
import { comparisonPath, navigate } from '../app/router.ts'
import { attempt } from '../flows/flow-actions.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { exportRuns } from './run-actions.ts'
import { runsPageCommands } from './runs-page-store.ts'
import styles from '../flows/selection-bar.module.css'

/** What can be done with the runs that are selected. */
export function RunsSelectionBar({ runs }: { readonly runs: readonly StoredRun[] }) {
  if (runs.length === 0) return null
  const ended = runs.filter(({ state }) => state !== 'running')
  const pair = comparablePair(ended)
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected runs">
      <span className={styles.count} role="status">
        {runs.length.toLocaleString('en')} selected
      </span>
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
        onClick={() => void attempt(() => exportRuns(ended))}
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
      <IconButton label="Select nothing" tooltipSide="top" onClick={runsPageCommands.selectNothing}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
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
