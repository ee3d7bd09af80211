import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./help-sheet.tsx')).HelpSheet })

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'help'

/** The help sheet, fetched when somebody opens it. */
export function LazyHelpSheet() {
  if (!useSession(selectIsOpen)) return null
  return (
    <FetchedPart name="The help sheet" load={load} props={{}} onFailed={sessionCommands.close} />
  )
}
