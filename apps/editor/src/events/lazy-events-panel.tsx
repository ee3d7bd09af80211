import { lazy, Suspense } from 'react'

const Panel = lazy(async () => ({ default: (await import('./events-panel.tsx')).EventsPanel }))

/** The events of the run, fetched when somebody looks at them. */
export function LazyEventsPanel() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  )
}
