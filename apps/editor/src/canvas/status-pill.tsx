import type { NodeState } from '@millrace/flow'
import { Ban, Check, CircleAlert, LoaderCircle, SkipForward } from 'lucide-react'
import { useNodeRun } from '../run/run-store.ts'
import styles from './run-marks.module.css'

const marks = {
  running: { Icon: LoaderCircle, name: 'Running' },
  completed: { Icon: Check, name: 'Completed' },
  failed: { Icon: CircleAlert, name: 'Failed' },
  skipped: { Icon: SkipForward, name: 'Skipped' },
  cancelled: { Icon: Ban, name: 'Cancelled' },
} as const

/** How a node stands in the run, in the exec band of its card; nothing before it started. */
export function StatusPill({ nodeId }: { readonly nodeId: string }) {
  const run = useNodeRun(nodeId)
  if (run === undefined) return null
  const { Icon, name } = marks[run.status]
  const text = statusText(run)
  return (
    <span
      className={styles.pill}
      data-status={run.status}
      data-testid="node-status"
      title={run.error?.message ?? name}
    >
      <Icon size={12} aria-hidden className={run.status === 'running' ? styles.spin : undefined} />
      <span className="visually-hidden">{name}</span>
      {text}
    </span>
  )
}

/** What the pill says: how often it ran, or how much it streamed so far, or how long it took. */
export function statusText(run: NodeState): string {
  if (run.status === 'failed') return 'Failed'
  if (run.status === 'skipped') return 'Skipped'
  if (run.status === 'cancelled') return 'Cancelled'
  if (run.visits > 1) return `×${run.visits}`
  if (run.status === 'running') return run.deltas > 0 ? `${run.deltas} msg` : 'Running'
  return durationText((run.endedAt ?? run.startedAt) - run.startedAt)
}

function durationText(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms'
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`
}
