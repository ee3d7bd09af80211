import { lazy, Suspense } from 'react'
import { useSession, type SessionState } from '../session/session-store.ts'

const Palette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}))

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'commands'

/** The command palette, fetched when somebody opens it. */
export function LazyCommandPalette() {
  if (!useSession(selectIsOpen)) return null
  return (
    <Suspense>
      <Palette />
    </Suspense>
  )
}
