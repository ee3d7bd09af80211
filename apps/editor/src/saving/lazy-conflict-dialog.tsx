import { useState } from 'react'
import { useConnectivity } from '../api/connectivity.ts'
import { FetchedPart } from '../ui/fetched-part.tsx'
import { useSaveStatus } from './saving.ts'

const load = async () => ({ default: (await import('./conflict-dialog.tsx')).ConflictDialog })

const noProps = {}

/** The question which version stays, fetched when there is one, and again when the server is back. */
export function LazyConflictDialog() {
  const { kind } = useSaveStatus()
  const isOnline = useConnectivity((state) => state.isOnline)
  const [hasFailed, setHasFailed] = useState(false)
  if (kind !== 'conflict' && kind !== 'deleted') return null
  return (
    <FetchedPart
      key={hasFailed ? String(isOnline) : 'first'}
      name="The question which version stays"
      load={load}
      props={noProps}
      onFailed={() => setHasFailed(true)}
    />
  )
}
