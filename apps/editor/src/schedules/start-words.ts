import type { ServerSchedule } from '../api/schedules-api.ts'

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** What the server starts by the clock; times are those of a clock in `timeZone`. */
export function startWords(scheduled: ServerSchedule['scheduled'], timeZone = ownZone): string {
  if (scheduled === undefined) {
    return 'Not on the clock yet. Publish the flow to production; on a server without a password, saving it is enough.'
  }
  const { environment, nextAt } = scheduled
  const what = environment === 'production' ? 'The published flow' : 'The saved flow'
  return nextAt === undefined
    ? `${what} never starts by the clock.`
    : `${what} starts next on ${timeWords(nextAt, timeZone)}, your time.`
}

/** A time as a clock in `timeZone` shows it; that of this computer when not given. */
export function timeWords(time: Date, timeZone = ownZone): string {
  return new Intl.DateTimeFormat('en', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(time)
}
