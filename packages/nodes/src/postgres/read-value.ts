import { exceedsDepth, maxDepth } from '@millrace/flow'
import { withoutTrailingZeros } from '../sql/without-trailing-zeros.ts'

/** A type of the database, as its catalogue has it. */
export interface PostgresType {
  /** `int4`, `timestamptz`, `vector`; of an array `_int4`. */
  readonly name: string
  /** What an array holds. */
  readonly element?: PostgresType
  /** What stands between its elements; a comma but for `box`. */
  readonly delimiter?: ',' | ';'
}

/** Reads a value as the server writes it into plain JSON; `sql/SPEC.md` has the rules. */
export function readValue(text: string | null, type: PostgresType): unknown {
  if (text === null) return null
  if (type.element !== undefined) return readArray(text, type.element, type.delimiter) ?? text
  return readers[type.name]?.(text) ?? text
}

/** Readers by type; what has none stays text, and so does what a reader cannot say exactly. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  bool: (text) => text === 't',
  int2: Number,
  int4: Number,
  oid: Number,
  int8: exactNumber,
  numeric: exactNumber,
  float4: finiteNumber,
  float8: finiteNumber,
  json: shallowJson,
  jsonb: shallowJson,
  timestamp: isoTimestamp,
  timestamptz: isoTimestamp,
  bytea: (text) => Buffer.from(text.slice(2), 'hex').toString('base64'),
  vector: (text) => JSON.parse(text) as unknown,
  halfvec: (text) => JSON.parse(text) as unknown,
}

function finiteNumber(text: string): unknown {
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

/** Digits that a number of JSON would change stay text. */
function exactNumber(text: string): unknown {
  const number = Number(text)
  if (!Number.isFinite(number)) return text
  return String(number) === withoutTrailingZeros(text) ? number : text
}

/** What nests deeper than any value of a run may, stays text. */
function shallowJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return exceedsDepth(value, maxDepth) ? text : value
}

/** `2026-11-26 14:00:00.5+02` is `2026-11-26T14:00:00.5+02:00`; what ISO 8601 lacks stays as it is. */
function isoTimestamp(text: string): string {
  const [, day, time, sign, hours, minutes = '00'] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?:([+-])(\d\d)(?::?(\d\d))?)?$/.exec(text) ?? []
  if (day === undefined) return text
  if (sign === undefined) return `${day}T${time}`
  const zone = hours === '00' && minutes === '00' ? 'Z' : `${sign}${hours}:${minutes}`
  return `${day}T${time}${zone}`
}

/** `{1,NULL,"a\"b"}`, nested as deep as it has dimensions; `undefined` for what is no array. */
function readArray(
  text: string,
  element: PostgresType,
  delimiter: ',' | ';' = ',',
): readonly unknown[] | undefined {
  // Bounds that do not begin at 1 stand before it: [0:1]={1,2}.
  const body = text.replace(/^[^{]*/, '')
  const item = new RegExp(`"((?:[^"\\\\]|\\\\[^])*)"|([^"{}${delimiter}]+)`, 'y')
  let position = 0

  function readList(): readonly unknown[] | undefined {
    const items: unknown[] = []
    position += 1
    if (body[position] === '}') {
      position += 1
      return items
    }
    for (;;) {
      const value = body[position] === '{' ? readList() : readItem()
      if (value === undefined) return undefined
      items.push(value)
      const next = body[position]
      position += 1
      if (next === '}') return items
      if (next !== delimiter) return undefined
    }
  }

  /** `undefined` where there is none. */
  function readItem(): unknown {
    item.lastIndex = position
    const [all = '', quoted, plain] = item.exec(body) ?? []
    position += all.length
    if (quoted !== undefined) return readValue(quoted.replaceAll(/\\([^])/g, '$1'), element)
    return plain === undefined ? undefined : readValue(plain === 'NULL' ? null : plain, element)
  }

  const list = body.startsWith('{') ? readList() : undefined
  return position === body.length ? list : undefined
}
