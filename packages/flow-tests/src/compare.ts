import { isRecord, type JsonValue } from '@millrace/flow'

/** One place in which what came out is not what was expected. */
export interface Difference {
  /** Such as `yields[3].content`. */
  readonly at: string
  /** Left out where nothing should be. */
  readonly expected?: JsonValue
  /** Left out where nothing is. */
  readonly actual?: JsonValue
}

/** The first place in which a value differs from what is expected of it; `{"$any": true}` fits any. */
export function firstDifference(
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
  at: string,
): Difference | undefined {
  if (isAnything(expected) && actual !== undefined) return undefined
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return firstInList(expected as readonly JsonValue[], actual as readonly JsonValue[], at)
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
    for (const key of keys) {
      const found = firstDifference(own(expected, key), own(actual, key), placeOf(at, key))
      if (found !== undefined) return found
    }
    return undefined
  }
  if (Object.is(expected, actual) || (expected === 0 && actual === 0)) return undefined
  return {
    at,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  }
}

function isAnything(value: JsonValue | undefined): boolean {
  return isObject(value) && value['$any'] === true && Object.keys(value).length === 1
}

function firstInList(
  expected: readonly JsonValue[],
  actual: readonly JsonValue[],
  at: string,
): Difference | undefined {
  for (let index = 0; index < Math.max(expected.length, actual.length); index += 1) {
    const found = firstDifference(expected[index], actual[index], `${at}[${index}]`)
    if (found !== undefined) return found
  }
  return undefined
}

type JsonRecord = Readonly<Record<string, JsonValue>>

function isObject(value: JsonValue | undefined): value is JsonRecord {
  return isRecord(value)
}

function own(record: JsonRecord, key: string): JsonValue | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function placeOf(at: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${at}.${key}` : `${at}[${JSON.stringify(key)}]`
}

/** At most so many characters of a value are shown. */
const longestShown = 200

/** A difference as a sentence. */
export function describeDifference({ at, expected, actual }: Difference): string {
  if (expected === undefined) return `${at}: nothing was expected, and there is ${shown(actual)}`
  if (actual === undefined) return `${at}: expected ${shown(expected)}, and there is nothing`
  if (typeof expected === 'string' && typeof actual === 'string') {
    const from = Math.max(0, commonStart(expected, actual) - contextLength)
    return `${at}: expected ${shown(expected, from)}, and there is ${shown(actual, from)}`
  }
  return `${at}: expected ${shown(expected)}, and there is ${shown(actual)}`
}

/** So many characters are shown before the place in which two texts part. */
const contextLength = 60

function commonStart(left: string, right: string): number {
  let index = 0
  while (index < left.length && left[index] === right[index]) index += 1
  return index
}

function shown(value: JsonValue | undefined, from = 0): string {
  const whole = typeof value === 'string' && from > 0 ? `…${value.slice(from)}` : value
  const json = JSON.stringify(whole) ?? 'nothing'
  return json.length > longestShown ? `${json.slice(0, longestShown)}…` : json
}
