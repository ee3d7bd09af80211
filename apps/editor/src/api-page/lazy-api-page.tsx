import { lazy, Suspense } from 'react'
import { Loading } from '../app/loading.tsx'

const Page = lazy(async () => ({ default: (await import('./api-page.tsx')).ApiPage }))

/** How programs call the open flow, fetched when somebody looks at it. */
export function LazyApiPage() {
  return (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  )
}
