import { lazy, Suspense } from 'react'
import { useSaveStatus } from './saving.ts'

const Dialog = lazy(async () => ({
  default: (await import('./conflict-dialog.tsx')).ConflictDialog,
}))

/** The question which version stays, fetched when there is one. */
export function LazyConflictDialog() {
  const { kind } = useSaveStatus()
  if (kind !== 'conflict' && kind !== 'deleted') return null
  return (
    <Suspense>
      <Dialog />
    </Suspense>
  )
}
