import { useState } from 'react'

/** The rows of a grid while they are edited. */
export interface Rows<Row> {
  readonly list: readonly Row[]
  /** What tells each row from the others while it is edited, in the same order. */
  readonly keys: readonly number[]
  add(...rows: readonly Row[]): void
  change(index: number, row: Row): void
  remove(index: number): void
  /** Puts other rows in the place of all, or changes several at once. */
  set(rows: readonly Row[]): void
}

/** Keeps the rows of a grid: rows have no id of their own, and so get one while they are edited. */
export function useRows<Row>(initial: readonly Row[]): Rows<Row> {
  const [{ list, keys }, setState] = useState(() => ({
    list: initial,
    keys: initial.map((_, index) => index),
    next: initial.length,
  }))
  return {
    list,
    keys,
    add: (...rows) =>
      setState((now) => ({
        list: [...now.list, ...rows],
        keys: [...now.keys, ...rows.map((_, index) => now.next + index)],
        next: now.next + rows.length,
      })),
    change: (index, row) => setState((now) => ({ ...now, list: now.list.with(index, row) })),
    remove: (index) =>
      setState((now) => ({
        ...now,
        list: now.list.toSpliced(index, 1),
        keys: now.keys.toSpliced(index, 1),
      })),
    set: (rows) =>
      setState((now) => ({
        list: rows,
        // Rows that stay in their place keep what is open in them.
        keys: rows.map((_, index) => now.keys[index] ?? now.next + index),
        next: now.next + rows.length,
      })),
  }
}
