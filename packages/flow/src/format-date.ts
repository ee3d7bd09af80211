/** The parts of a date pattern, with what each stands for; anything else in one stands for itself. */
const parts: Readonly<Record<string, (date: Date) => string>> = {
  YYYY: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  MM: (date) => twoDigits(date.getUTCMonth() + 1),
  DD: (date) => twoDigits(date.getUTCDate()),
  HH: (date) => twoDigits(date.getUTCHours()),
  mm: (date) => twoDigits(date.getUTCMinutes()),
  ss: (date) => twoDigits(date.getUTCSeconds()),
}

const pattern = /YYYY|MM|DD|HH|mm|ss/g

/** A time, in UTC, as a pattern such as `DD.MM.YYYY HH:mm` shows it; throws for what is no time. */
export function formatDate(date: Date, shown: string): string {
  if (Number.isNaN(date.getTime())) throw new Error('the text is no date that can be read')
  return shown.replace(pattern, (part) => parts[part]?.(date) ?? part)
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
