import { lazy, Suspense } from 'react'
import { Loading } from '../app/loading.tsx'

const Page = lazy(async () => ({ default: (await import('./versions-page.tsx')).VersionsPage }))

/** The versions of the open flow, fetched when somebody looks at them. */
export function LazyVersionsPage() {
  return (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  )
}
