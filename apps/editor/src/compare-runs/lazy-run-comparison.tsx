import { lazy, Suspense } from 'react'
import { Loading } from '../app/loading.tsx'
import type { RunComparisonProps } from './run-comparison.tsx'

const Comparison = lazy(async () => ({
  default: (await import('./run-comparison.tsx')).RunComparison,
}))

/** Two runs beside each other, fetched when somebody compares them. */
export function LazyRunComparison(props: RunComparisonProps) {
  return (
    <Suspense fallback={<Loading />}>
      <Comparison {...props} />
    </Suspense>
  )
}
