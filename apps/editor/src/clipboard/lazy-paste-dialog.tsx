import { lazy, Suspense } from 'react'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'

const Dialog = lazy(async () => ({ default: (await import('./paste-dialog.tsx')).PasteDialog }))

const selectPasting = ({ opened }: SessionState) =>
  opened?.kind === 'paste' ? opened.pasting : undefined

/** The summary before something is pasted, fetched when it is wanted. */
export function LazyPasteDialog() {
  const pasting = useSession(selectPasting)
  if (pasting === undefined) return null
  return (
    <Suspense>
      <Dialog pasting={pasting} onClose={sessionCommands.close} />
    </Suspense>
  )
}
