import { isRecord, type JsonValue } from './json.ts'

/** When a flow starts by itself: at the minutes that a cron expression names, as a clock there shows them. */
export interface Schedule {
  /** Minute, hour, day of the month, month and weekday. */
  readonly cron: string
  /** As the IANA names it, such as `Europe/Berlin`; UTC when not given. */
  readonly timeZone?: string
}

/** Reads the literal form of a `schedule` property; `undefined` when it has another shape. */
export function readSchedule(value: JsonValue): Schedule | undefined {
  if (!isRecord(value)) return undefined
  const { cron, timeZone } = value
  if (typeof cron !== 'string') return undefined
  if (timeZone === undefined) return { cron }
  return typeof timeZone === 'string' ? { cron, timeZone } : undefined
}

interface CronField {
  readonly label: string
  readonly least: number
  readonly most: number
  /** What may stand for numbers, from `least` on. */
  readonly names?: readonly string[]
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ')

const dayField: CronField = { label: 'day', least: 1, most: 31 }
const monthField: CronField = { label: 'month', least: 1, most: 12, names: months }

const cronFields: readonly CronField[] = [
  { label: 'minute', least: 0, most: 59 },
  { label: 'hour', least: 0, most: 23 },
  dayField,
  monthField,
  { label: 'weekday', least: 0, most: 7, names: weekdays },
]

/** More than a list of all minutes and all hours takes. */
const maxCronLength = 500

/** The days of each month, from January on, in a year that has most. */
const daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Why a schedule cannot be kept, as the end of a sentence about its property; `undefined` if it can. */
export function whyNotSchedule({ cron, timeZone }: Schedule): string | undefined {
  if (cron.length > maxCronLength) {
    return `has ${cron.length} characters and may have ${maxCronLength}`
  }
  const parts = cron.trim().split(/\s+/)
  if (parts.length !== cronFields.length) {
    return `has ${parts.length === 1 ? 'one part' : `${parts.length} parts`} and needs five: minute, hour, day, month and weekday, such as "0 9 * * 1-5"`
  }
  for (const [index, field] of cronFields.entries()) {
    const wrong = (parts[index] ?? '')
      .split(',')
      .find((item) => readItem(item, field) === undefined)
    if (wrong !== undefined) return `has the ${field.label} "${wrong}"; ${allowed(field)}`
  }
  return timeZone === undefined || isTimeZone(timeZone)
    ? undefined
    : `has the time zone "${timeZone}", which nobody knows; take one such as "Europe/Berlin"`
}

/**
 * Why a schedule that can be kept never comes, as the end of a sentence about its property: it names
 * a day that no month of it has. `undefined` if it does come.
 */
export function whyNever({ cron }: Schedule): string | undefined {
  const [, , day = '', month = '', weekday] = cron.trim().split(/\s+/)
  // Beside a day of the month, a weekday is one more day, and there is one in any month.
  if (weekday !== '*') return undefined
  const first = numbersIn(day, dayField).reduce((a, b) => Math.min(a, b), dayField.most)
  const comes = numbersIn(month, monthField).some((one) => first <= (daysOfMonths[one - 1] ?? 0))
  return comes
    ? undefined
    : `never comes, since no month in it has a day ${first}; change the day or the month`
}

function numbersIn(part: string, field: CronField): readonly number[] {
  return part.split(',').flatMap((item) => readItem(item, field) ?? [])
}

/** The numbers that an item names: `*`, `5`, `1-5`, and with a step behind the first or the last of them. */
function readItem(item: string, field: CronField): readonly number[] | undefined {
  const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(item)
  if (match === null) return undefined
  const [, first, last, by] = match
  if (by !== undefined && (last === undefined) !== (first === undefined)) return undefined
  const step = Number(by ?? 1)
  if (step < 1 || step > field.most) return undefined
  const from = first === undefined ? field.least : numberOf(first, field)
  const end = last ?? first
  const to = end === undefined ? field.most : numberOf(end, field)
  if (from === undefined || to === undefined || from > to) return undefined
  return Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, index) => from + index * step,
  )
}

function numberOf(text: string, { least, most, names = [] }: CronField): number | undefined {
  const named = names.indexOf(text.toUpperCase())
  if (named >= 0) return least + named
  const number = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : undefined
}

function allowed({ least, most, names }: CronField): string {
  const others = names === undefined ? '' : ` (or ${names[0]} to ${names.at(-1)})`
  return `it is *, a number from ${least} to ${most}${others}, a range such as ${least}-${least + 2}, or steps such as */2`
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
