import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./share-dialog.tsx')).ShareDialog })

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'share'

/** The dialog that shares a chat, fetched when somebody opens it. */
export function LazyShareDialog() {
  if (!useSession(selectIsOpen)) return null
  return (
    <FetchedPart name="The share dialog" load={load} props={{}} onFailed={sessionCommands.close} />
  )
}
