import type { StoredRun } from '../api/run-history-api.ts'
import { durationText } from '../ui/duration-text.ts'

const times = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' })
const days = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' })
const daysOfOtherYears = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

/** When a run started, to the second, as one looks for it in a log: "14:02:11", "24 Nov, 14:02:11". */
export function startText(startedAt: Date, now: Date): string {
  const time = times.format(startedAt)
  if (startedAt.toDateString() === now.toDateString()) return time
  const isThisYear = startedAt.getFullYear() === now.getFullYear()
  return `${(isThisYear ? days : daysOfOtherYears).format(startedAt)}, ${time}`
}

/** How long a run took; of one that goes on how long it has taken so far, in whole seconds. */
export function lengthText({ startedAt, endedAt }: StoredRun, now: Date): string {
  if (endedAt !== undefined) return durationText(endedAt.getTime() - startedAt.getTime())
  const seconds = Math.max(0, Math.floor((now.getTime() - startedAt.getTime()) / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
