import { lazy, Suspense } from 'react'
import { useReplay, type ReplayState } from './replay-store.ts'

const Bar = lazy(async () => ({ default: (await import('./replay-bar.tsx')).ReplayBar }))

const selectIsOpen = ({ isOpen }: ReplayState) => isOpen

/** The time line of the shown run, fetched when somebody wants to go along it. */
export function LazyReplayBar() {
  if (!useReplay(selectIsOpen)) return null
  return (
    <Suspense>
      <Bar />
    </Suspense>
  )
}
