import { dayOf } from '../versions/version-times.ts'

const times = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' })

/** When a run started, within a sentence, to the second since runs follow each other closely. */
export function runMoment(startedAt: Date, now: Date): string {
  const day = dayOf(startedAt, now)
  const isRelative = day === 'Today' || day === 'Yesterday'
  return `${isRelative ? day.toLowerCase() : day}, ${times.format(startedAt)}`
}
