import { useEffect, useState } from 'react'
import { listModels } from '../api/connections-api.ts'

const none: readonly string[] = []
/** The answer of a connection is asked for again after so long: its key may have been changed. */
const freshMs = 60_000
const known = new Map<string, Promise<readonly string[]>>()

/** The models that a connection offers; none while they are looked up, or when they cannot be. */
export function useModels(connectionId: string | undefined): readonly string[] {
  const [models, setModels] = useState<readonly string[]>(none)
  useEffect(() => {
    let isCurrent = true
    setModels(none)
    if (connectionId !== undefined) {
      void modelsOf(connectionId).then((found) => isCurrent && setModels(found))
    }
    return () => {
      isCurrent = false
    }
  }, [connectionId])
  return models
}

function modelsOf(connectionId: string): Promise<readonly string[]> {
  const asked = known.get(connectionId)
  if (asked !== undefined) return asked
  const asking = listModels(connectionId).catch(() => {
    // Suggestions only help: the field takes any id, and the next look asks again.
    known.delete(connectionId)
    return none
  })
  known.set(connectionId, asking)
  setTimeout(() => known.delete(connectionId), freshMs)
  return asking
}
