import { Radio } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { RunFacts } from '../api/run-api.ts'
import { navigate, runPath } from '../app/router.ts'
import { useRun } from '../run/run-store.ts'
import { openLiveSocket } from '../run/open-live-socket.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { startText } from '../runs/run-times.ts'
import { counted } from '../ui/counted.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { followRunsInProgress } from './runs-in-progress.ts'
import styles from './runs-in-progress.module.css'

export interface RunsInProgressMenuProps {
  readonly flowId: string
}

/** The runs of the flow that go on and are not the one that is shown, to be watched. */
export function RunsInProgressMenu({ flowId }: RunsInProgressMenuProps) {
  const [all, setAll] = useState<readonly RunFacts[]>([])
  const shown = useRun(selectRunId)
  useEffect(
    () => followRunsInProgress({ flowId, openSocket: openLiveSocket, onChange: setAll }),
    [flowId],
  )
  const runs = all.filter(({ id }) => id !== shown)
  if (runs.length === 0) return null
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={styles.button}>
          <Radio size={13} aria-hidden /> {counted(runs.length, 'run')} in progress
        </button>
      }
    >
      {runs.map((run) => (
        <MenuItem
          key={run.id}
          icon={<Radio size={15} aria-hidden />}
          hint={hintOf(run)}
          onSelect={() => navigate(runPath(flowId, run.id))}
        >
          Watch the run of {startText(run.startedAt, new Date())}
        </MenuItem>
      ))}
    </Menu>
  )
}

function hintOf({ origin }: RunFacts): string {
  switch (origin) {
    case 'designer':
      return 'Started in a designer'
    case 'flow':
      return 'Started by another flow'
    case 'schedule':
      return 'Started by the clock'
    case 'client':
    case undefined:
      return 'Started by a client'
  }
}

function selectRunId({ runId }: WatchedRun): string | undefined {
  return runId
}
