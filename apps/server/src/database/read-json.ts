/** A row of which something cannot be read. */
export interface DamagedRow {
  readonly table: string
  readonly id: string
}

interface StoredJson<Value> extends DamagedRow {
  /** Whether it is what was written there. */
  readonly isRight: (value: unknown) => value is Value
}

/**
 * Reads JSON that a row holds; `undefined` where that is damaged, so that one row does not take the
 * others away.
 */
export type ReadJson = <Value>(text: string, stored: StoredJson<Value>) => Value | undefined

/** So many rows are remembered as told. */
const maxTold = 1000

/** Tells of each damaged row once. */
export function createReadJson(onDamaged: (row: DamagedRow) => void): ReadJson {
  const told = new Set<string>()
  return (text, { table, id, isRight }) => {
    const value = valueOfJson(text)
    if (isRight(value)) return value
    const row = `${table} ${id}`
    if (!told.has(row) && told.size < maxTold) {
      told.add(row)
      onDamaged({ table, id })
    }
    return undefined
  }
}

/** What stored text says; `undefined`, which no JSON says, where it is damaged. */
export function valueOfJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
