import { lazy, Suspense } from 'react'
import type { RanViewProps } from './ran-view.tsx'

const View = lazy(async () => ({ default: (await import('./ran-view.tsx')).RanView }))

/** A document that a run ran, with the run on it, fetched when there is one to look at. */
export function LazyRanView(props: RanViewProps) {
  return (
    <Suspense>
      <View {...props} />
    </Suspense>
  )
}
