import { Play, Square } from 'lucide-react'
import { ProblemsHint } from '../chat/problems-hint.tsx'
import { Scroller } from '@millrace/chat-view/scroller'
import { InputSection } from '../inputs/input-section.tsx'
import type { WatchedRun } from '../run/watched-run.ts'
import { runCommands, selectIsRunning, useRun } from '../run/run-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import styles from './output-panel.module.css'
import { RunOutput } from './run-output.tsx'
import { startPlainRun } from './start-run.ts'

/** What a flow that no chat starts is run with, and what it gives back as it comes. */
export function OutputPanel() {
  const isRunning = useRun(selectIsRunning)
  const isStopping = useRun(selectIsStopping)
  const status = useRun(selectStatus)
  return (
    <>
      <InputSection />
      <Scroller label="Output of the run" follow={isRunning}>
        {status === 'idle' ? (
          <EmptyState icon={<Play size={20} aria-hidden />} title="Not run yet">
            Run the flow as it stands on the canvas, saved or not. What it yields appears here as it
            comes, and then what it returns.
          </EmptyState>
        ) : (
          <RunOutput />
        )}
      </Scroller>
      <div className={styles.bottom}>
        <ProblemsHint />
        {isRunning ? (
          <Button
            icon={<Square size={12} fill="currentColor" aria-hidden />}
            disabled={isStopping}
            onClick={runCommands.stop}
          >
            {isStopping ? 'Stopping…' : 'Stop'}
          </Button>
        ) : (
          <Button
            variant="primary"
            icon={<Play size={14} aria-hidden />}
            onClick={() => startPlainRun()}
          >
            {status === 'idle' ? 'Run' : 'Run again'}
          </Button>
        )}
      </div>
    </>
  )
}

function selectStatus({ status }: WatchedRun): WatchedRun['status'] {
  return status
}

function selectIsStopping({ isStopping }: WatchedRun): boolean {
  return isStopping
}
