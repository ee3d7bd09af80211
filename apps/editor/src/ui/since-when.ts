const steps = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const dates = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })

/** How long ago something was: "just now", "5 minutes ago", "yesterday"; a date after a week. */
export function sinceWhen(then: Date, now: Date): string {
  const ms = now.getTime() - then.getTime()
  if (Number.isNaN(ms) || then.getTime() === 0) return ''
  if (ms > 7 * 86_400_000) return dates.format(then)
  const step = steps.find((candidate) => ms >= candidate.ms)
  return step === undefined ? 'just now' : words.format(-Math.floor(ms / step.ms), step.unit)
}

const times = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** When something will be: "in a moment", "in 5 minutes", "Mon 09:00"; a date when that is far away. */
export function untilWhen(then: Date, now: Date): string {
  const ms = then.getTime() - now.getTime()
  if (ms < 60_000) return 'in a moment'
  if (ms < 3_600_000) return words.format(Math.floor(ms / 60_000), 'minute')
  // The weekday of today would be taken for today.
  return ms < 6 * 86_400_000 ? times.format(then) : dates.format(then)
}
