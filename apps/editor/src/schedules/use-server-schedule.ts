import { useEffect, useState } from 'react'
import { readServerSchedule, type ServerSchedule } from '../api/schedules-api.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'

interface FoundSchedule {
  readonly flowId: string
  /** `undefined` until the server answers, and when it does not. */
  readonly server: ServerSchedule | undefined
}

/** What the server starts of the open flow by the clock, read again after each save. */
export function useServerSchedule(): FoundSchedule {
  const flowId = useDocument(selectId)
  const revision = useDocument(selectRevision)
  const [server, setServer] = useState<ServerSchedule>()
  useEffect(() => {
    const leaving = new AbortController()
    readServerSchedule(flowId, leaving.signal).then(setServer, () => setServer(undefined))
    return () => leaving.abort()
  }, [flowId, revision])
  return { flowId, server }
}

function selectId({ flow }: DocumentState): string {
  return flow.id
}

function selectRevision({ revision }: DocumentState): DocumentState['revision'] {
  return revision
}
