import { lazy, Suspense } from 'react'

const Panel = lazy(async () => ({ default: (await import('./problems-panel.tsx')).ProblemsPanel }))

/** The list of problems, fetched when somebody looks at it. */
export function LazyProblemsPanel() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  )
}
