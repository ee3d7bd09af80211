import { lazy, Suspense } from 'react'
import type { ControlProps } from '../properties/control-props.ts'
import styles from '../properties/lazy-list-controls.module.css'

// The names of all time zones are looked up, and few flows have a schedule.
const ScheduleControl = lazy(async () => ({
  default: (await import('./schedule-control.tsx')).ScheduleControl,
}))

export function LazyScheduleControl(props: ControlProps<'schedule'>) {
  return (
    <Suspense fallback={<div className={styles.standIn} aria-busy />}>
      <ScheduleControl {...props} />
    </Suspense>
  )
}
