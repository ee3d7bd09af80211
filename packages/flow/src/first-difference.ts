import { isRecord } from './json.ts'

/** Where two values differ first, and what each has there; `undefined` where one has nothing. */
export interface ValueDifference {
  /** Fields by name and items by index, from the outside in; empty where nothing is shared. */
  readonly path: readonly (string | number)[]
  readonly left: unknown
  readonly right: unknown
}

/** Where two JSON values differ first, in the order in which they are read; the order of keys says nothing. */
export function firstDifference(left: unknown, right: unknown): ValueDifference | undefined {
  if (Array.isArray(left) && Array.isArray(right)) {
    return firstOf(
      Array.from({ length: Math.max(left.length, right.length) }, (_, index) => index),
      (index) => [left[index], right[index]],
    )
  }
  if (isRecord(left) && isRecord(right)) {
    return firstOf([...new Set([...Object.keys(left), ...Object.keys(right)])], (key) => [
      fieldOf(left, key),
      fieldOf(right, key),
    ])
  }
  return Object.is(left, right) ? undefined : { path: [], left, right }
}

function firstOf<Step extends string | number>(
  steps: readonly Step[],
  partsAt: (step: Step) => readonly [left: unknown, right: unknown],
): ValueDifference | undefined {
  for (const step of steps) {
    const inner = firstDifference(...partsAt(step))
    if (inner !== undefined) return { ...inner, path: [step, ...inner.path] }
  }
  return undefined
}

function fieldOf(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
