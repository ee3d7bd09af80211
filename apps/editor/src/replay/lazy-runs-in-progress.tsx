import { lazy, Suspense, useEffect, useState } from 'react'
import { whenIdle } from '../app/when-idle.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'

const RunsInProgress = lazy(async () => ({
  default: (await import('./runs-in-progress-menu.tsx')).RunsInProgressMenu,
}))

const selectFlowId = ({ flow }: DocumentState) => flow.id

/** The runs of the open flow that go on, looked for once the browser has nothing better to do. */
export function LazyRunsInProgress() {
  const flowId = useDocument(selectFlowId)
  const [isWanted, setIsWanted] = useState(false)
  useEffect(() => whenIdle(() => setIsWanted(true)), [])
  if (!isWanted) return null
  return (
    <Suspense>
      <RunsInProgress flowId={flowId} />
    </Suspense>
  )
}
