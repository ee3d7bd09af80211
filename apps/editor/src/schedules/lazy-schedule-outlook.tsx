import type { JsonValue } from '@millrace/flow'
import { lazy, Suspense } from 'react'

// What reads cron expressions is large, and few flows have a schedule.
const ScheduleOutlook = lazy(async () => ({
  default: (await import('./schedule-outlook.tsx')).ScheduleOutlook,
}))

export function LazyScheduleOutlook({ value }: { readonly value: JsonValue | undefined }) {
  return (
    <Suspense fallback={null}>
      <ScheduleOutlook value={value} />
    </Suspense>
  )
}
