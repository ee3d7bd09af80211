import type { Store } from './open-store.ts'

/** How much one reading keeps. */
const maxKept = 200

/**
 * The same reading, which asks the store only once for as long as nothing is written to it: what every
 * run needs, such as its flow, costs no query then. The names it reads by hold no line feeds.
 */
export function keepUntilWritten<Names extends readonly string[], Value>(
  { writes }: Pick<Store, 'writes'>,
  read: (...names: Names) => Promise<Value>,
): (...names: Names) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>()
  let keptAt = Number.NaN
  return (...names) => {
    const now = writes()
    if (now !== keptAt || kept.size >= maxKept) kept.clear()
    keptAt = now
    const key = names.join('\n')
    const known = kept.get(key)
    if (known !== undefined) return known
    const reading = read(...names)
    kept.set(key, reading)
    reading.catch(() => kept.delete(key))
    return reading
  }
}
