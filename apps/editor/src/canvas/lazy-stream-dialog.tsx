import { lazy, Suspense } from 'react'
import { useSession, type SessionState } from '../session/session-store.ts'

const Dialog = lazy(async () => ({ default: (await import('./stream-dialog.tsx')).StreamDialog }))

const selectNodeId = ({ opened }: SessionState) =>
  opened?.kind === 'stream' ? opened.nodeId : undefined

/** The whole text that a node has streamed, fetched when somebody opens it. */
export function LazyStreamDialog() {
  const nodeId = useSession(selectNodeId)
  if (nodeId === undefined) return null
  return (
    <Suspense>
      <Dialog nodeId={nodeId} />
    </Suspense>
  )
}
