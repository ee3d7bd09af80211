import { EyeOff, RotateCcw, SlidersHorizontal } from 'lucide-react'
import { documentCommands } from '../document/document-store.ts'
import { tellWhatPreventsRun } from '../problems/tell-what-prevents-run.ts'
import { showFlowPanel } from '../properties/flow-panel.ts'
import { runCommands, selectIsRunning, useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { Button } from '../ui/button.tsx'
import styles from './inspector.module.css'

/** In the place of what a run did not record: that, and how to have it the next time. */
export function NotRecorded({ what = 'This' }: { readonly what?: string }) {
  const canRunAgain = useRun(selectCanRunAgain)
  return (
    <div className={styles.notRecorded}>
      <EyeOff size={18} aria-hidden />
      <p>
        <strong>{what} was not recorded.</strong> Of a run that a client starts, values are kept
        only where the flow says so; of a run that you start here, always.
      </p>
      <div>
        <Button
          size="small"
          icon={<SlidersHorizontal size={14} aria-hidden />}
          onClick={() => showFlowPanel('settings')}
        >
          What the flow records
        </Button>
        {canRunAgain && (
          <Button size="small" icon={<RotateCcw size={14} aria-hidden />} onClick={runAgain}>
            Run again with everything recorded
          </Button>
        )}
      </div>
    </div>
  )
}

function runAgain(): void {
  if (runCommands.start(runCommands.current().input)) return
  tellWhatPreventsRun(documentCommands.checkNow())
}

function selectCanRunAgain(run: WatchedRun): boolean {
  return !selectIsRunning(run) && run.input !== undefined
}
