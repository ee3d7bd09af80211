import { lazy, Suspense } from 'react'
import { useSession, type SessionState } from '../session/session-store.ts'

const Sheet = lazy(async () => ({ default: (await import('./help-sheet.tsx')).HelpSheet }))

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'help'

/** The help sheet, fetched when somebody opens it. */
export function LazyHelpSheet() {
  if (!useSession(selectIsOpen)) return null
  return (
    <Suspense>
      <Sheet />
    </Suspense>
  )
}
