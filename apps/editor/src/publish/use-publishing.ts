import type { Flow } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { environmentNames, type PublishedEnvironment } from '../api/environments.ts'
import { publishFlow, unpublishFlow } from '../api/publications-api.ts'
import { selectIsDirty, useDocument, type DocumentState } from '../document/document-store.ts'
import { saver } from '../saving/saving.ts'
import type { PublishedVersion } from '../session/opened.ts'
import { toast } from '../ui/toast.ts'
import { loadPublications } from './publications-store.ts'

/** What is to be published: a saved revision of the open flow. */
export type Publishable =
  | { readonly status: 'saving' }
  /** What is on the canvas is not on the server, and does not get there. */
  | { readonly status: 'unsaved' }
  | {
      readonly status: 'saved'
      readonly flowId: string
      readonly revision: string
      /** The flow itself, where it is here. */
      readonly flow: Flow | undefined
    }

/** The version, or the open flow, once it is saved. */
export function usePublishable(version: PublishedVersion | undefined): Publishable {
  const flow = useDocument(selectFlow)
  const revision = useDocument(selectRevision)
  const isDirty = useDocument(selectIsDirty)
  const [hasTried, setHasTried] = useState(false)
  useEffect(() => {
    void saver.save().then(() => setHasTried(true))
  }, [])
  if (version !== undefined)
    return { status: 'saved', flowId: flow.id, revision: version.revision, flow: undefined }
  if (!isDirty && revision !== undefined)
    return { status: 'saved', flowId: flow.id, revision, flow }
  return { status: hasTried ? 'unsaved' : 'saving' }
}

interface Place {
  readonly flowId: string
  readonly environment: PublishedEnvironment
}

interface Publishing {
  readonly isBusy: boolean
  /** Why the last attempt failed. */
  readonly error: ApiError | undefined
  /** Publishes, tells so with a way back to what was published before, and answers whether it did. */
  put(place: Place, change: PublishedChange): Promise<boolean>
}

/** From which revision to which; `undefined` is none. */
interface PublishedChange {
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Publishes, rolls back and unpublishes. */
export function usePublishing(): Publishing {
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<ApiError | undefined>()
  return {
    isBusy,
    error,
    async put(place, change) {
      setIsBusy(true)
      setError(undefined)
      try {
        await putRevision(place, change.to)
        tell(place, change)
        return true
      } catch (thrown) {
        setError(toApiError(thrown))
        return false
      } finally {
        setIsBusy(false)
      }
    },
  }
}

async function putRevision({ flowId, environment }: Place, to: string | undefined): Promise<void> {
  await (to === undefined
    ? unpublishFlow(flowId, environment)
    : publishFlow(flowId, environment, to))
  await loadPublications(flowId)
}

function tell(place: Place, { from, to }: PublishedChange): void {
  const name = environmentNames[place.environment]
  function undo(): void {
    putRevision(place, from).catch((thrown: unknown) => toast.error(toApiError(thrown).message))
  }
  toast.success(
    to === undefined
      ? `The flow is not published to ${place.environment} any more.`
      : `${name} runs this from now on.`,
    // In the place of the one before, whose way back is out of date.
    { id: `published ${place.environment}`, action: { label: 'Undo', onClick: undo } },
  )
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}

function selectRevision({ revision }: DocumentState): string | undefined {
  return revision
}
