import { useEffect, useRef } from 'react'
import type { PriceErrors, PriceRow } from './price-form.ts'

/**
 * Keeps the focus where the work is: in the first cell that is wrong, in the row that was added, or
 * at the row that took the place of one that was removed.
 */
export function useCellFocus(rows: readonly PriceRow[], errors: PriceErrors) {
  const table = useRef<HTMLTableElement>(null)
  const known = useRef(rows)
  useEffect(() => {
    table.current?.querySelector<HTMLElement>('[data-invalid] input')?.focus()
  }, [errors])
  useEffect(() => {
    const before = known.current
    known.current = rows
    const rowElements = table.current?.tBodies[0]?.rows
    if (rows.length > before.length) rowElements?.[rows.length - 1]?.querySelector('input')?.focus()
    if (rows.length < before.length) {
      const removedAt = before.findIndex(({ key }, index) => rows[index]?.key !== key)
      const next = rowElements?.[Math.min(removedAt, rows.length - 1)]
      next?.querySelector('button')?.focus()
    }
  }, [rows])
  return table
}
