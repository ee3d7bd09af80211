import { checkFlow, parseFlow, type Flow } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { useEffect, useState } from 'react'
import { readFlow, type FlowSummary } from '../api/flows-api.ts'
import { useConnections } from '../connections/connection-store.ts'

/** What a card shows of a flow beyond its name. */
export type FlowDetails =
  | { readonly status: 'flow'; readonly flow: Flow; readonly errorCount: number }
  | { readonly status: 'unreadable'; readonly reason: 'newer' | 'malformed' }

const cache = new Map<string, FlowDetails | { readonly status: 'read'; readonly flow: Flow }>()

/** The details of a flow, once they are read; asked for only while `isSeen`. */
export function useFlowDetails(summary: FlowSummary, isSeen: boolean): FlowDetails | undefined {
  const key = `${summary.id} ${summary.revision} ${summary.updatedAt.getTime()}`
  const [, setReadKey] = useState('')
  const connections = useConnections((state) => state.connections)
  const isReady = useConnections((state) => state.status !== 'loading')

  useEffect(() => {
    if (!isSeen || cache.has(key)) return
    const leaving = new AbortController()
    readFlow(summary.id, leaving.signal).then(
      ({ document }) => {
        const parsed = parseFlow(document)
        cache.set(
          key,
          parsed.status === 'flow'
            ? { status: 'read', flow: parsed.flow }
            : { status: 'unreadable', reason: parsed.status },
        )
        setReadKey(key)
      },
      () => undefined, // The card goes without: the list itself says when the server is gone.
    )
    return () => leaving.abort()
  }, [key, isSeen, summary.id])

  const known = cache.get(key)
  if (known === undefined || known.status !== 'read') return known
  const problems = isReady
    ? checkFlow(known.flow, registry, {
        connections: new Map(connections.map(({ id, kind }) => [id, { kind }])),
      })
    : []
  const errorCount = problems.filter(({ severity }) => severity === 'error').length
  return { status: 'flow', flow: known.flow, errorCount }
}
