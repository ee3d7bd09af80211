import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { runLooks } from '../runs/run-look.ts'
import { Pill } from '../ui/pill.tsx'

/** How the shown run itself stands, whatever moment of it is shown. */
export function RunOutcomePill() {
  const status = useRun(selectStatus)
  if (status === 'idle' || status === 'starting') return null
  const { icon: Icon, word, tone } = runLooks[status === 'pending' ? 'running' : status]
  return (
    <Pill tone={tone} icon={<Icon size={12} aria-hidden />}>
      {word}
    </Pill>
  )
}

function selectStatus({ status }: WatchedRun): WatchedRun['status'] {
  return status
}
