import { FlowError, type ColumnTypeChoice, type SqlParameter } from '@millrace/flow'
import mssql from 'mssql'
import { withoutTrailingZeros } from '../sql/without-trailing-zeros.ts'

/** A value with the type that it is sent as. */
export interface BoundValue {
  readonly type: () => mssql.ISqlType
  readonly value: unknown
}

/** How a parameter is sent. Throws `input_invalid` for a value that its declared type cannot hold. */
export function bindValue({ name, type, value }: SqlParameter<unknown>): BoundValue {
  if (value === null || value === undefined) return { type: nullTypes[type], value: null }
  const bound = binders[type](value)
  if (bound !== undefined) return bound
  throw new FlowError(
    'input_invalid',
    `The parameter @${name} is to be ${described[type]}, and its value is none. Change its type, or what is bound to it.`,
    { details: { parameter: name } },
  )
}

const described: Readonly<Record<ColumnTypeChoice, string>> = {
  auto: 'a value that a database can hold',
  text: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'yes or no',
  date: 'a date (2026-11-26)',
  timestamp: 'a date and time (2026-11-26T14:00:00Z)',
  uuid: 'a UUID',
  json: 'JSON',
  vector: 'a list of numbers',
}

const nullTypes: Readonly<Record<ColumnTypeChoice, () => mssql.ISqlType>> = {
  auto: mssql.NVarChar,
  text: mssql.NVarChar,
  integer: mssql.BigInt,
  number: mssql.Float,
  boolean: mssql.Bit,
  date: mssql.Date,
  timestamp: mssql.DateTime2,
  uuid: mssql.UniqueIdentifier,
  json: mssql.NVarChar,
  vector: mssql.NVarChar,
}

type Binder = (value: unknown) => BoundValue | undefined

/** A value of any kind by what it is itself. */
function bindAuto(value: unknown): BoundValue | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? bindInteger(value) : bindNumber(value)
  }
  if (typeof value === 'bigint') return bindInteger(value)
  if (typeof value === 'boolean') return bindBoolean(value)
  if (value instanceof Uint8Array) return { type: mssql.VarBinary, value: Buffer.from(value) }
  return bindText(value)
}

/** What is no text is sent as its JSON. */
function bindText(value: unknown): BoundValue {
  return { type: mssql.NVarChar, value: typeof value === 'string' ? value : JSON.stringify(value) }
}

const int = { minimum: -(2n ** 31n), maximum: 2n ** 31n - 1n }
const bigint = { minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n }

function bindInteger(value: unknown): BoundValue | undefined {
  const digits = String(value).trim()
  if (!/^[+-]?\d+$/.test(digits)) return undefined
  const number = BigInt(digits)
  if (number >= int.minimum && number <= int.maximum) {
    return { type: mssql.Int, value: Number(number) }
  }
  if (number < bigint.minimum || number > bigint.maximum) return undefined
  return { type: mssql.BigInt, value: String(number) }
}

/** Digits that a floating point number would change go as text, which the server makes a decimal of. */
function bindNumber(value: unknown): BoundValue | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { type: mssql.Float, value } : undefined
  }
  const digits = String(value).trim()
  const number = Number(digits)
  if (digits === '' || !Number.isFinite(number)) return undefined
  const isExact = String(number) === withoutTrailingZeros(digits)
  return isExact ? { type: mssql.Float, value: number } : { type: mssql.VarChar, value: digits }
}

function bindBoolean(value: unknown): BoundValue | undefined {
  if (value === true || value === 1 || value === 'true') return { type: mssql.Bit, value: true }
  if (value === false || value === 0 || value === 'false') return { type: mssql.Bit, value: false }
  return undefined
}

function bindDate(value: unknown): BoundValue | undefined {
  const moment = momentOf(value)
  return moment === undefined ? undefined : { type: mssql.Date, value: moment }
}

/** Without an offset, in UTC: with one, the driver would send the offset of this machine. */
function bindTimestamp(value: unknown): BoundValue | undefined {
  const moment = momentOf(value)
  return moment === undefined ? undefined : { type: mssql.DateTime2, value: moment }
}

/** A date or a moment as ISO 8601 has it; without an offset it is in UTC. */
function momentOf(value: unknown): Date | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)/.test(text)) return undefined
  const isLocal = !/(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10))
  const moment = new Date(text.length > 10 && isLocal ? `${text}Z` : text)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

function bindUuid(value: unknown): BoundValue | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
  return isUuid ? { type: mssql.UniqueIdentifier, value: text } : undefined
}

/** Text is taken for JSON already. */
function bindJson(value: unknown): BoundValue {
  return bindText(value)
}

function bindVector(value: unknown): BoundValue | undefined {
  return Array.isArray(value) ? bindText(value) : undefined
}

const binders: Readonly<Record<ColumnTypeChoice, Binder>> = {
  auto: bindAuto,
  text: bindText,
  integer: bindInteger,
  number: bindNumber,
  boolean: bindBoolean,
  date: bindDate,
  timestamp: bindTimestamp,
  uuid: bindUuid,
  json: bindJson,
  vector: bindVector,
}
