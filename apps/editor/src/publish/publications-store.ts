import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readPublications, type Publications } from '../api/publications-api.ts'

/** What is published of the open flow, as this window knows it. */
export type PublicationsState =
  | { readonly status: 'loading'; readonly flowId: string | undefined }
  | { readonly status: 'failed'; readonly flowId: string; readonly error: ApiError }
  | ({ readonly status: 'ready'; readonly flowId: string } & Publications)

/** The store of what is published, read through selectors. */
export const usePublications = create<PublicationsState>()(() => ({
  status: 'loading',
  flowId: undefined,
}))

const { setState, getState } = usePublications

let latest = 0

/** Reads anew what is published of a flow. A failure is in the store; what is known of it stays. */
export async function loadPublications(flowId: string): Promise<void> {
  const mine = (latest += 1)
  if (getState().flowId !== flowId) setState({ status: 'loading', flowId }, true)
  try {
    const publications = await readPublications(flowId)
    if (mine === latest) setState({ status: 'ready', flowId, ...publications }, true)
  } catch (thrown) {
    if (mine !== latest || getState().status === 'ready') return
    setState({ status: 'failed', flowId, error: toApiError(thrown) }, true)
  }
}
