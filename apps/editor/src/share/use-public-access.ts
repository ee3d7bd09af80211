import { useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readPublicAccess, type PublicAccess } from '../api/public-access-api.ts'

/** The public access of a flow, read when it is asked for. */
export type ReadAccess =
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | { readonly status: 'ready'; readonly access: PublicAccess }

interface UsedAccess {
  readonly read: ReadAccess
  readonly readAgain: () => void
}

export function usePublicAccess(flowId: string): UsedAccess {
  const [read, setRead] = useState<ReadAccess>({ status: 'reading' })
  const [attempts, setAttempts] = useState(0)
  useEffect(() => {
    const leaving = new AbortController()
    readPublicAccess(flowId, leaving.signal).then(
      (access) => setRead({ status: 'ready', access }),
      (thrown: unknown) => {
        if (!leaving.signal.aborted) setRead({ status: 'failed', error: toApiError(thrown) })
      },
    )
    return () => leaving.abort()
  }, [flowId, attempts])
  return {
    read,
    readAgain() {
      setRead({ status: 'reading' })
      setAttempts(attempts + 1)
    },
  }
}
