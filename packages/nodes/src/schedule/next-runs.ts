import type { Schedule } from '@millrace/flow'
import { Cron } from 'croner'

/**
 * The next times of a schedule after a moment, at most so many; none for one that names no day there
 * is. Epoch milliseconds, whole minutes. Throws when the schedule cannot be kept.
 */
export function nextRuns(
  { cron, timeZone = 'UTC' }: Schedule,
  { after, count }: { readonly after: number; readonly count: number },
): readonly number[] {
  const pattern = new Cron(cron.trim(), { timezone: timeZone, mode: '5-part' })
  return pattern.nextRuns(count, new Date(after)).map((date) => date.getTime())
}

/** Whether a schedule names the minute that begins at a moment. */
export function isDue(schedule: Schedule, minute: number): boolean {
  return nextRuns(schedule, { after: minute - 1, count: 1 })[0] === minute
}
