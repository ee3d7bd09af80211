import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./paste-dialog.tsx')).PasteDialog })

const selectPasting = ({ opened }: SessionState) =>
  opened?.kind === 'paste' ? opened.pasting : undefined

/** The summary before something is pasted, fetched when it is wanted. */
export function LazyPasteDialog() {
  const pasting = useSession(selectPasting)
  if (pasting === undefined) return null
  return (
    <FetchedPart
      name="What would be pasted"
      load={load}
      props={{ pasting, onClose: sessionCommands.close }}
      onFailed={sessionCommands.close}
    />
  )
}
