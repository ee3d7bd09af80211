import type { Flow } from '@millrace/flow'
import { useEffect, useState } from 'react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { whenIdle } from '../app/when-idle.ts'

const cache = new Map<string, Flow>()

/**
 * The document of a flow for its thumbnail, once it is read; asked for only while `isSeen`. What reads
 * documents is a third of a first visit, so it comes when the page is shown.
 */
export function useThumbnail(summary: FlowSummary, isSeen: boolean): Flow | undefined {
  const { id, revision, updatedAt, status } = summary
  // A flow that was deleted and made again starts over with revision 1.
  const key = `${id} ${revision} ${updatedAt.getTime()}`
  const [, setReadKey] = useState('')

  useEffect(() => {
    if (!isSeen || status !== 'flow' || cache.has(key)) return
    const leaving = new AbortController()
    async function read(): Promise<void> {
      const { readStoredFlow } = await import('./read-stored-flow.ts')
      const flow = await readStoredFlow(id, leaving.signal)
      if (flow !== undefined) cache.set(key, flow)
      setReadKey(key)
    }
    // The card goes without: the list itself says when the server is gone.
    const callOff = whenIdle(() => void read().catch(() => undefined))
    return () => {
      callOff()
      leaving.abort()
    }
  }, [id, key, isSeen, status])

  return cache.get(key)
}
