import { lazy, Suspense } from 'react'

const Panel = lazy(async () => ({ default: (await import('./tests-panel.tsx')).TestsPanel }))

/** The tests of the flow, fetched when somebody looks at them. */
export function LazyTestsPanel() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  )
}
