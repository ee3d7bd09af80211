import { lazy, Suspense } from 'react'
import type { TemplateStripProps } from './template-strip.tsx'

const Strip = lazy(async () => ({ default: (await import('./template-strip.tsx')).TemplateStrip }))

/** The first templates, fetched where they are shown: their flows are no part of the editor. */
export function LazyTemplateStrip(props: TemplateStripProps) {
  return (
    <Suspense>
      <Strip {...props} />
    </Suspense>
  )
}
