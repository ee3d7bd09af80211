import { lazy, Suspense } from 'react'
import type { NodeResultProps } from './node-result.tsx'

const Result = lazy(async () => ({ default: (await import('./node-result.tsx')).NodeResult }))

/** What a node gave, fetched when there is something to look at. */
export function LazyNodeResult(props: NodeResultProps) {
  return (
    <Suspense>
      <Result {...props} />
    </Suspense>
  )
}
