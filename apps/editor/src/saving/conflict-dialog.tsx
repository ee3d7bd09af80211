import { lazy, Suspense } from 'react'
import { useSaveStatus } from './saving.ts'

const ChangedElsewhere = lazy(async () => ({
  default: (await import('./changed-elsewhere.tsx')).ChangedElsewhere,
}))
const DeletedElsewhere = lazy(async () => ({
  default: (await import('./deleted-elsewhere.tsx')).DeletedElsewhere,
}))

/** Asks which version stays, when a flow was changed or deleted elsewhere. Nothing is lost by any answer. */
export function ConflictDialog() {
  const status = useSaveStatus()
  return (
    <Suspense>
      {status.kind === 'conflict' && <ChangedElsewhere basedOn={status.basedOn} />}
      {status.kind === 'deleted' && <DeletedElsewhere />}
    </Suspense>
  )
}
