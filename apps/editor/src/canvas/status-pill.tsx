import { inspectCommands } from '../inspect/inspect-store.ts'
import { useNodeRun } from '../run/run-store.ts'
import { useIsStale } from '../run/use-is-stale.ts'
import { runMarks } from './run-mark-icons.ts'
import styles from './run-marks.module.css'
import { statusText } from './status-text.ts'

interface StatusPillProps {
  readonly nodeId: string
  /** The id of its element, for what is named by it. */
  readonly id?: string
}

/** How a node stands in the run, in the exec band of its card; nothing before it started. */
export function StatusPill({ nodeId, id }: StatusPillProps) {
  const run = useNodeRun(nodeId)
  const isStale = useIsStale(nodeId)
  if (run === undefined) return null
  const { Icon, name } = runMarks[run.status]
  const text = statusText(run)
  return (
    // Keys have a command for this.
    <span
      id={id}
      className={styles.pill}
      data-status={run.status}
      data-stale={isStale || undefined}
      data-testid="node-status"
      title={isStale ? `${name}, and edited since` : (run.error?.message ?? name)}
      onDoubleClick={(event) => {
        // The card and the outline have a meaning of their own for it.
        event.stopPropagation()
        inspectCommands.open(nodeId)
      }}
    >
      <Icon size={12} aria-hidden className={run.status === 'running' ? styles.spin : undefined} />
      {text !== name && <span className="visually-hidden">{name} </span>}
      {text}
      {isStale && <span className="visually-hidden">, edited since</span>}
      {run.error !== undefined && <span className="visually-hidden">: {run.error.message}</span>}
    </span>
  )
}
