import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./run-from-dialog.tsx')).RunFromDialog })

const selectNodeId = ({ opened }: SessionState) =>
  opened?.kind === 'runFrom' ? opened.nodeId : undefined

/** What running from a node means, before it does; fetched when it is wanted. */
export function LazyRunFromDialog() {
  const nodeId = useSession(selectNodeId)
  if (nodeId === undefined) return null
  return (
    <FetchedPart
      name="What would run again"
      load={load}
      props={{ nodeId, onClose: sessionCommands.close }}
      onFailed={sessionCommands.close}
    />
  )
}
