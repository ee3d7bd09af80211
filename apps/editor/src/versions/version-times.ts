const times = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const timesToTheSecond = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' })
const daysOfYear = new Intl.DateTimeFormat('en', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
})
const days = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' })

/** The time of day: "18:05". */
export function timeOf(date: Date): string {
  return times.format(date)
}

/** The times of day of these, to the second where two are of one minute: "18:05:09". */
function timesOf(dates: readonly Date[]): readonly string[] {
  const counts = Map.groupBy(dates, timeOf)
  return dates.map((date) => {
    const time = timeOf(date)
    return (counts.get(time)?.length ?? 0) > 1 ? timesToTheSecond.format(date) : time
  })
}

/** The day, as people say it: "Today", "Yesterday", "Monday, November 23", "December 1, 2025". */
export function dayOf(date: Date, now: Date): string {
  if (isSameDay(date, now)) return 'Today'
  const yesterday = new Date(now)
  yesterday.setDate(now.getDate() - 1)
  if (isSameDay(date, yesterday)) return 'Yesterday'
  return (date.getFullYear() === now.getFullYear() ? daysOfYear : days).format(date)
}

/** Day and time within a sentence: "today, 18:05". */
export function momentOf(date: Date, now: Date): string {
  const day = dayOf(date, now)
  const isRelative = day === 'Today' || day === 'Yesterday'
  return `${isRelative ? day.toLowerCase() : day}, ${timeOf(date)}`
}

/** The items by their days, in their order, with their times of day. */
export function byDay<Item extends { readonly savedAt: Date }>(
  items: readonly Item[],
  now: Date,
): readonly {
  readonly day: string
  readonly items: readonly Item[]
  readonly times: readonly string[]
}[] {
  const groups = Map.groupBy(items, ({ savedAt }) => dayOf(savedAt, now))
  return [...groups].map(([day, those]) => ({
    day,
    items: those,
    times: timesOf(those.map(({ savedAt }) => savedAt)),
  }))
}

function isSameDay(left: Date, right: Date): boolean {
  return left.toDateString() === right.toDateString()
}
