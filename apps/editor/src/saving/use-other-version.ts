import type { Flow } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { useDocument } from '../document/document-store.ts'
import { readVersion } from '../versions/read-version.ts'
import type { SaveConflict, ServerVersion } from './create-saver.ts'
import { loadFlow } from './saving.ts'

/** The version that somebody else saved, and the one that both were made from, if it is still kept. */
export type OtherVersion =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | { readonly status: 'ready'; readonly theirs: ServerVersion; readonly base: Flow | undefined }

/** Reads what the server has now, and what mine was made from; anew when yet another was saved. */
export function useOtherVersion(
  flowId: string,
  { basedOn, currentRevision }: SaveConflict,
): OtherVersion {
  const [other, setOther] = useState<OtherVersion>({ status: 'loading' })
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    Promise.all([loadFlow(flowId, signal), readBase(flowId, basedOn, signal)]).then(
      ([theirs, base]) => setOther({ status: 'ready', theirs, base }),
      (thrown: unknown) => {
        if (!signal.aborted) setOther({ status: 'failed', error: toApiError(thrown) })
      },
    )
    return () => leaving.abort()
  }, [flowId, basedOn, currentRevision])
  return other
}

async function readBase(
  flowId: string,
  basedOn: string | undefined,
  signal: AbortSignal,
): Promise<Flow | undefined> {
  if (basedOn === undefined) return undefined
  // The open document knows what it was made from, unless it is a draft of another day.
  const { revision, savedFlow } = useDocument.getState()
  if (revision === basedOn) return savedFlow
  try {
    return await readVersion(flowId, basedOn, signal)
  } catch {
    signal.throwIfAborted()
    // Thinned out meanwhile: the two can be compared, but not merged.
    return undefined
  }
}
