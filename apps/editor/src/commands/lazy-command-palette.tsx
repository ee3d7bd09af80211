import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./command-palette.tsx')).CommandPalette })

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'commands'

/** The command palette, fetched when somebody opens it. */
export function LazyCommandPalette() {
  if (!useSession(selectIsOpen)) return null
  return (
    <FetchedPart
      name="The command palette"
      load={load}
      props={{}}
      onFailed={sessionCommands.close}
    />
  )
}
