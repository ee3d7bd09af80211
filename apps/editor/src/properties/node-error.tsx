import { RunAgainButton } from '../again/run-again-button.tsx'
import { ErrorNotice } from '../run/error-notice.tsx'
import { useNodeError, useNodeStatus } from '../run/run-store.ts'

/** What a node failed with in the last run, where no property is to blame, at whose field it would stand. */
export function NodeError({ nodeId }: { readonly nodeId: string }) {
  const error = useNodeError(nodeId)
  const isCaught = useNodeStatus(nodeId) === 'caught'
  if (error === undefined || error.code === 'cancelled') return null
  if (error.property !== undefined) return isCaught ? null : <RunAgainButton nodeId={nodeId} />
  return <ErrorNotice error={error} isAtNode isCaught={isCaught} />
}
