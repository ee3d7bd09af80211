import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./run-from-dialog.tsx')).RunFromDialog })

const selectAsked = ({ opened }: SessionState) => (opened?.kind === 'runFrom' ? opened : undefined)

/** What running from a node means, before it does; fetched when it is wanted. */
export function LazyRunFromDialog() {
  const asked = useSession(selectAsked)
  if (asked === undefined) return null
  const { nodeId, until } = asked
  return (
    <FetchedPart
      name="What would run again"
      load={load}
      props={{ nodeId, until, onClose: sessionCommands.close }}
      onFailed={sessionCommands.close}
    />
  )
}
