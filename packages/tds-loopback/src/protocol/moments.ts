/** A point in time as PostgreSQL writes one, in parts. */
export interface Instant {
  /** Since 1970-01-01, in UTC where there is an offset. */
  readonly days: number
  /** Of the day, in steps of 100 ns. */
  readonly ticks: bigint
  readonly offsetMinutes: number
}

/** From 0001-01-01, where the protocol starts to count, to 1970-01-01. */
const daysBefore1970 = 719_162
const msPerDay = 86_400_000
const ticksPerMs = 10_000n

/** Reads `2026-11-26`, `2026-11-26 10:20:30.123456` or the same with `+00`. */
export function readInstant(text: string): Instant {
  const [, date = '', time = '00:00:00', fraction = '', hours, minutes = '0'] =
    /^(\d+-\d\d-\d\d)(?: (\d\d:\d\d:\d\d)(?:\.(\d+))?)?(?:([+-]\d\d)(?::?(\d\d))?)?$/.exec(text) ??
    []
  const offsetMinutes =
    hours === undefined ? 0 : Number(hours) * 60 + Math.sign(Number(hours) || 1) * Number(minutes)
  const ms = Date.parse(`${date}T${time}Z`) - offsetMinutes * 60_000
  const days = Math.floor(ms / msPerDay)
  const ticks =
    BigInt(ms - days * msPerDay) * ticksPerMs + BigInt(fraction.padEnd(7, '0').slice(0, 7))
  return { days, ticks, offsetMinutes }
}

/** A point in time as PostgreSQL reads it, in UTC and without saying so. */
export function writeInstant({ days, ticks }: Omit<Instant, 'offsetMinutes'>): string {
  const ms = days * msPerDay + Number(ticks / ticksPerMs)
  const [date = '', time = ''] = new Date(ms).toISOString().split(/[T.]/)
  const fraction = String(ticks % 10_000_000n).padStart(7, '0')
  return `${date} ${time}.${fraction}`
}

export function dateBytes({ days }: Instant): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntLE(days + daysBefore1970, 0, 3)
  return bytes
}

/** Days since 1970-01-01. */
export function readDays(bytes: Buffer): number {
  return bytes.readUIntLE(0, 3) - daysBefore1970
}

export function timeBytes({ ticks }: Instant): Buffer {
  const bytes = Buffer.alloc(5)
  bytes.writeUIntLE(Number(ticks), 0, 5)
  return bytes
}

/** Steps of 100 ns, from a time with so many digits after the second. */
export function readTicks(bytes: Buffer, scale: number): bigint {
  return BigInt(bytes.readUIntLE(0, bytes.length)) * 10n ** BigInt(7 - scale)
}

export function offsetBytes({ offsetMinutes }: Instant): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16LE(offsetMinutes)
  return bytes
}
