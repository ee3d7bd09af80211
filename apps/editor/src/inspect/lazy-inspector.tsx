import { lazy, Suspense } from 'react'

const Panel = lazy(async () => ({ default: (await import('./inspector.tsx')).Inspector }))

/** The inspector, fetched when somebody opens it. */
export function LazyInspector() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  )
}
