import { lazy, Suspense } from 'react'
import type { RanNodeProps } from './ran-node.tsx'

const RanNode = lazy(async () => ({ default: (await import('./ran-node.tsx')).RanNode }))

/** A node as it was when it ran, fetched when what ran is looked at. */
export function LazyRanNode(props: RanNodeProps) {
  return (
    <Suspense>
      <RanNode {...props} />
    </Suspense>
  )
}
