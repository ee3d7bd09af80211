import { lazy, Suspense } from 'react'

const Variables = lazy(async () => ({
  default: (await import('./flow-variables.tsx')).FlowVariables,
}))

/** The variables of the flow, fetched when their side is shown. */
export function LazyFlowVariables() {
  return (
    <Suspense>
      <Variables />
    </Suspense>
  )
}
