import { useEffect, useState, type ComponentType } from 'react'
import { whenIdle } from '../app/when-idle.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import type { RunsInProgressMenuProps } from './runs-in-progress-menu.tsx'

const selectFlowId = ({ flow }: DocumentState) => flow.id

/**
 * The runs of the open flow that go on, looked for once the browser has nothing better to do.
 * Nobody asked for it, so where it cannot be fetched it is left out without a word.
 */
export function LazyRunsInProgress() {
  const flowId = useDocument(selectFlowId)
  const [Menu, setMenu] = useState<ComponentType<RunsInProgressMenuProps>>()
  useEffect(
    () =>
      whenIdle(() => {
        import('./runs-in-progress-menu.tsx').then(
          ({ RunsInProgressMenu }) => setMenu(() => RunsInProgressMenu),
          () => undefined,
        )
      }),
    [],
  )
  return Menu === undefined ? null : <Menu flowId={flowId} />
}
