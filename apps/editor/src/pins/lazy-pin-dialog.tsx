import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./pin-dialog.tsx')).PinDialog })

const selectNodeId = ({ opened }: SessionState) =>
  opened?.kind === 'pin' ? opened.nodeId : undefined

/** The editor of what a node is pinned to, fetched when it is wanted. */
export function LazyPinDialog() {
  const nodeId = useSession(selectNodeId)
  if (nodeId === undefined) return null
  return (
    <FetchedPart
      name="The pinned output"
      load={load}
      props={{ nodeId, onClose: sessionCommands.close }}
      onFailed={sessionCommands.close}
    />
  )
}
