import { Download, Trash2, X } from 'lucide-react'
import type { StoredRun } from '../api/run-history-api.ts'
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
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected runs">
      <span className={styles.count} role="status">
        {runs.length} selected
      </span>
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
