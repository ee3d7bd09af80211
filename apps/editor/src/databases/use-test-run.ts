import { useEffect, useRef, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { runQuery, type Query, type QueryResult } from '../api/databases-api.ts'

/** How trying a statement stands. */
export type TestRunState =
  | { readonly status: 'idle' }
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly result: QueryResult }
  /** With the statement that failed, in which the error has its place. */
  | { readonly status: 'failed'; readonly error: ApiError; readonly statement: string }

/** Tries statements on a connection, one at a time; what they change is undone. */
export function useTestRun(connectionId: string | undefined): {
  readonly run: TestRunState
  readonly start: (query: Pick<Query, 'statement' | 'parameters'>) => void
  readonly stop: () => void
} {
  const [run, setRun] = useState<TestRunState>({ status: 'idle' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function tryIt(id: string, query: Pick<Query, 'statement' | 'parameters'>): Promise<void> {
    running.current?.abort()
    const { signal } = (running.current = new AbortController())
    setRun({ status: 'running' })
    try {
      const result = await runQuery(id, { ...query, signal })
      if (!signal.aborted) setRun({ status: 'done', result })
    } catch (thrown) {
      if (signal.aborted) return
      setRun({ status: 'failed', error: toApiError(thrown), statement: query.statement })
    }
  }

  return {
    run,
    start(query) {
      if (connectionId !== undefined && query.statement.trim() !== '')
        void tryIt(connectionId, query)
    },
    stop() {
      running.current?.abort()
      setRun({ status: 'idle' })
    },
  }
}
