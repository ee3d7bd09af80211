import { whyNotSchedule, type Schedule } from '@millrace/flow'
import { nextRuns } from '@millrace/nodes'
import cronstrue from 'cronstrue'

/** What a schedule means. */
export type SchedulePreview =
  | { readonly status: 'wrong' }
  | {
      readonly status: 'ready'
      /** In words: At 09:00, Monday through Friday. */
      readonly words: string
      /** The next times, as a clock of the schedule's time zone shows them; none for a day there is not. */
      readonly times: readonly ShownTime[]
    }

interface ShownTime {
  readonly day: string
  readonly time: string
}

const count = 3

/** Reads a schedule for who writes it; what is wrong with one, its field says. */
export function previewSchedule(schedule: Schedule, now: number): SchedulePreview {
  if (whyNotSchedule(schedule) !== undefined) return { status: 'wrong' }
  const timeZone = schedule.timeZone ?? 'UTC'
  const days = new Intl.DateTimeFormat('en', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  })
  const clock = new Intl.DateTimeFormat('en', { timeZone, timeStyle: 'short', hourCycle: 'h23' })
  return {
    status: 'ready',
    words: cronstrue.toString(schedule.cron.trim(), { use24HourTimeFormat: true }),
    times: nextRuns(schedule, { after: now, count }).map((time) => ({
      day: days.format(time),
      time: clock.format(time),
    })),
  }
}
