import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'

const load = async () => ({ default: (await import('./publish-dialog.tsx')).PublishDialog })

const selectOpened = ({ opened }: SessionState) => (opened?.kind === 'publish' ? opened : undefined)

/** The dialog that publishes, fetched when somebody opens it. */
export function LazyPublishDialog() {
  const opened = useSession(selectOpened)
  if (opened === undefined) return null
  return (
    <FetchedPart
      name="The publish dialog"
      load={load}
      props={{ version: opened.version }}
      onFailed={sessionCommands.close}
    />
  )
}
