import { lazy, Suspense } from 'react'
import { Loading } from '../app/loading.tsx'

const OutlinePanel = lazy(async () => ({
  default: (await import('./outline-panel.tsx')).OutlinePanel,
}))

/** The outline, loaded when it is opened for the first time. */
export function LazyOutline() {
  return (
    <Suspense fallback={<Loading />}>
      <OutlinePanel />
    </Suspense>
  )
}
