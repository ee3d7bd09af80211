import { lazy, Suspense } from 'react'
import type { RunBannerProps } from './run-banner.tsx'

const Banner = lazy(async () => ({ default: (await import('./run-banner.tsx')).RunBanner }))

/** Opens the run that the address names, fetched when it names one. */
export function LazyOpenedRun(props: RunBannerProps) {
  return (
    <Suspense>
      <Banner {...props} />
    </Suspense>
  )
}
