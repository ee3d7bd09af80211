import { useNodeVisits } from '../run/run-store.ts'
import styles from './card-parts.module.css'
import { useShownFlow } from './shown-flow.ts'

export interface ExitLabelProps {
  readonly nodeId: string
  readonly port: string
  readonly label: string
}

/** The name of an exit: lit when the run took it, with how often, as the rounds of a loop. */
export function ExitLabel({ nodeId, port, label }: ExitLabelProps) {
  const first = useShownFlow(
    ({ edges }) => edges.find(({ from }) => from[0] === nodeId && from[1] === port)?.to,
  )
  const visits = useNodeVisits(first ?? '')
  return (
    <span className={styles.exit} data-taken={visits > 0 || undefined} data-testid="node-exit">
      <span className={styles.label} title={label}>
        {label}
      </span>
      {visits > 1 && <span className={styles.rounds}>×{visits.toLocaleString('en')}</span>}
    </span>
  )
}
