import { useNodeRun } from '../run/run-store.ts'
import styles from './run-marks.module.css'

/** The ring around a card that shows how its node stands in the run. */
export function Halo({ nodeId }: { readonly nodeId: string }) {
  const status = useNodeRun(nodeId)?.status
  if (status === undefined) return null
  return <div className={styles.halo} data-status={status} data-testid="node-halo" />
}
