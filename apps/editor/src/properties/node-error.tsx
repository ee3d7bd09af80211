import { ErrorNotice } from '../run/error-notice.tsx'
import { useNodeError, useNodeStatus } from '../run/run-store.ts'
import styles from './properties-panel.module.css'

/** What a node failed with in the last run, where no property is to blame, at whose field it would stand. */
export function NodeError({ nodeId }: { readonly nodeId: string }) {
  const error = useNodeError(nodeId)
  const isCaught = useNodeStatus(nodeId) === 'caught'
  if (error === undefined || error.property !== undefined || error.code === 'cancelled') return null
  return (
    <>
      {isCaught && (
        <p className={styles.caught}>This was caught by a Try around it, and the run went on.</p>
      )}
      <ErrorNotice error={error} isAtNode />
    </>
  )
}
