/**
 * Turns a value as the driver gives it into plain JSON; `sql/SPEC.md` has the rules. `type` is the
 * column's, in the words of SQL Server.
 */
export function readValue(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return readMoment(value, type)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (typeof value === 'string') return type === 'bigint' ? exactNumber(value) : value
  // What is left is numbers and booleans, and the driver's objects for shapes on a map.
  return typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value
}

/** Digits that a number of JSON would change stay text. */
function exactNumber(text: string): unknown {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

function readMoment(moment: Date, type: string): string {
  const [date = '', time = ''] = moment.toISOString().split(/[TZ]/)
  if (type === 'date') return date
  const clock = `${time.slice(0, 9)}${fractionOf(moment)}`.replace(/\.?0*$/, '')
  if (type === 'time') return clock
  return type === 'datetimeoffset' ? `${date}T${clock}Z` : `${date}T${clock}`
}

/** Seven digits, of which the driver keeps the last four apart, as a part of a second. */
function fractionOf(moment: Date): string {
  const { nanosecondsDelta = 0 } = moment as { readonly nanosecondsDelta?: number } // as its types say
  return String(moment.getUTCMilliseconds() * 10_000 + Math.round(nanosecondsDelta * 1e7)).padStart(
    7,
    '0',
  )
}
