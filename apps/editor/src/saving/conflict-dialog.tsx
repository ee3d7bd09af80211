import { ChangedElsewhere } from './changed-elsewhere.tsx'
import { DeletedElsewhere } from './deleted-elsewhere.tsx'
import { useSaveStatus } from './saving.ts'

/** Asks which version stays, when a flow was changed or deleted elsewhere. Nothing is lost by any answer. */
export function ConflictDialog() {
  const status = useSaveStatus()
  if (status.kind === 'conflict') return <ChangedElsewhere conflict={status} />
  if (status.kind === 'deleted') return <DeletedElsewhere />
  return null
}
