import { useCallback, useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { listRevisions, type RevisionPage, type RevisionSummary } from '../api/revisions-api.ts'
import { saver } from '../saving/saving.ts'

/** The versions of a flow, as far as they were asked for. */
export type Revisions =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | ({ readonly status: 'ready'; readonly isLoadingMore: boolean } & RevisionPage)

interface RevisionsAndMore {
  readonly revisions: Revisions
  readonly loadMore: () => void
  readonly retry: () => void
  /** Takes over what the server says of one now. */
  readonly replace: (revision: RevisionSummary) => void
}

/** Reads the versions of a flow, the newest first, after what is not saved yet. */
export function useRevisions(flowId: string): RevisionsAndMore {
  const [revisions, setRevisions] = useState<Revisions>({ status: 'loading' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    async function load(): Promise<void> {
      await saver.save()
      const page = await listRevisions(flowId, { signal })
      setRevisions({ status: 'ready', isLoadingMore: false, ...page })
    }
    load().catch((thrown: unknown) => {
      if (!signal.aborted) setRevisions({ status: 'failed', error: toApiError(thrown) })
    })
    return () => leaving.abort()
  }, [flowId, attempt])

  const before =
    revisions.status === 'ready' && revisions.isLoadingMore ? revisions.next : undefined
  useEffect(() => {
    if (before === undefined) return undefined
    const leaving = new AbortController()
    const { signal } = leaving
    listRevisions(flowId, { before, signal }).then(
      (page) =>
        setRevisions((known) =>
          known.status === 'ready'
            ? {
                ...known,
                isLoadingMore: false,
                revisions: [...known.revisions, ...page.revisions],
                next: page.next,
              }
            : known,
        ),
      (thrown: unknown) => {
        if (!signal.aborted) setRevisions({ status: 'failed', error: toApiError(thrown) })
      },
    )
    return () => leaving.abort()
  }, [flowId, before])

  const loadMore = useCallback(
    () =>
      setRevisions((known) =>
        known.status === 'ready' && known.next !== undefined
          ? { ...known, isLoadingMore: true }
          : known,
      ),
    [],
  )
  const retry = useCallback(() => {
    setRevisions({ status: 'loading' })
    setAttempt((count) => count + 1)
  }, [])
  const replace = useCallback(
    (revision: RevisionSummary) =>
      setRevisions((known) =>
        known.status === 'ready'
          ? {
              ...known,
              revisions: known.revisions.map((one) =>
                one.revision === revision.revision ? revision : one,
              ),
            }
          : known,
      ),
    [],
  )
  return { revisions, loadMore, retry, replace }
}
