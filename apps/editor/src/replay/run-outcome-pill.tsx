import { Ban, Check, CircleAlert, LoaderCircle, Unplug } from 'lucide-react'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { Pill, type PillTone } from '../ui/pill.tsx'

interface Outcome {
  readonly tone: PillTone
  readonly Icon: typeof Check
  readonly name: string
}

const outcomes: Readonly<Record<WatchedRun['status'], Outcome | undefined>> = {
  idle: undefined,
  starting: undefined,
  pending: { tone: 'running', Icon: LoaderCircle, name: 'In progress' },
  running: { tone: 'running', Icon: LoaderCircle, name: 'In progress' },
  completed: { tone: 'ok', Icon: Check, name: 'Completed' },
  failed: { tone: 'error', Icon: CircleAlert, name: 'Failed' },
  cancelled: { tone: 'neutral', Icon: Ban, name: 'Stopped' },
  interrupted: { tone: 'warning', Icon: Unplug, name: 'Interrupted' },
}

/** How the shown run itself stands, whatever moment of it is shown. */
export function RunOutcomePill() {
  const outcome = outcomes[useRun(selectStatus)]
  if (outcome === undefined) return null
  const { tone, Icon, name } = outcome
  return (
    <Pill tone={tone} icon={<Icon size={12} aria-hidden />}>
      {name}
    </Pill>
  )
}

function selectStatus({ status }: WatchedRun): WatchedRun['status'] {
  return status
}
