import { lazy, Suspense } from 'react'

const Panel = lazy(async () => ({ default: (await import('./runs-panel.tsx')).RunsPanel }))

/** The runs of the open flow, fetched when somebody looks at them. */
export function LazyRunsPanel() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  )
}
