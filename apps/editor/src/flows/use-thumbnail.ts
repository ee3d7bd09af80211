import { parseFlow, type Flow } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { readFlow, type FlowSummary } from '../api/flows-api.ts'

const cache = new Map<string, Flow>()

/** The document of a flow for its thumbnail, once it is read; asked for only while `isSeen`. */
export function useThumbnail(summary: FlowSummary, isSeen: boolean): Flow | undefined {
  const { id, revision, updatedAt, status } = summary
  // A flow that was deleted and made again starts over with revision 1.
  const key = `${id} ${revision} ${updatedAt.getTime()}`
  const [, setReadKey] = useState('')

  useEffect(() => {
    if (!isSeen || status !== 'flow' || cache.has(key)) return
    const leaving = new AbortController()
    readFlow(id, leaving.signal).then(
      ({ document }) => {
        const parsed = parseFlow(document)
        if (parsed.status === 'flow') cache.set(key, parsed.flow)
        setReadKey(key)
      },
      () => undefined, // The card goes without: the list itself says when the server is gone.
    )
    return () => leaving.abort()
  }, [id, key, isSeen, status])

  return cache.get(key)
}
