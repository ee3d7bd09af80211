import { useEffect, useMemo, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { listModels } from '../api/connections-api.ts'
import { useConnections } from '../connections/connection-store.ts'
import type { ModelList } from './model-list.ts'

/** An answer counts for so long: a provider may have got new models meanwhile. */
const freshMs = 60_000
const known = new Map<string, Promise<ModelList>>()

/** The models that a connection offers, looked up again when the connection was changed. */
export function useModels(connectionId: string | undefined): {
  readonly list: ModelList
  /** Asks again, after a failure. */
  readonly retry: () => void
} {
  const connection = useConnections(({ connections }) =>
    connections.find(({ id }) => id === connectionId),
  )
  const [attempt, setAttempt] = useState(0)
  const [found, setFound] = useState<{ readonly key: string; readonly list: ModelList }>()
  // Another revision may have another key or address, and so other models.
  const key = connection && `${connection.id} ${connection.revision ?? ''}`
  const id = connection?.id
  useEffect(() => {
    if (key === undefined || id === undefined) return undefined
    let isCurrent = true
    void modelsOf(key, id).then((list) => isCurrent && setFound({ key, list }))
    return () => {
      isCurrent = false
    }
  }, [key, id, attempt])
  return useMemo(
    () => ({
      list: key === undefined ? { status: 'none' } : listFor(key, found),
      retry() {
        setFound(undefined)
        setAttempt((count) => count + 1)
      },
    }),
    [key, found],
  )
}

/** What was found for another connection counts for nothing. */
function listFor(
  key: string,
  found: { readonly key: string; readonly list: ModelList } | undefined,
): ModelList {
  return found?.key === key ? found.list : { status: 'loading' }
}

function modelsOf(key: string, id: string): Promise<ModelList> {
  const asked = known.get(key)
  if (asked !== undefined) return asked
  const asking = listModels(id).then(
    (models): ModelList => ({ status: 'ready', models }),
    (thrown: unknown): ModelList => {
      known.delete(key)
      return { status: 'failed', message: toApiError(thrown).message }
    },
  )
  known.set(key, asking)
  setTimeout(() => known.delete(key), freshMs)
  return asking
}
