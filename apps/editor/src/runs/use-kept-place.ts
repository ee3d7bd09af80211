import { useLayoutEffect, useState } from 'react'
import type { DrawnRows, RowHeights } from '../ui/use-drawn-rows.ts'

interface Place {
  readonly path: string
  readonly top: number
  /** The run whose link had the focus. */
  readonly runId: string | undefined
  readonly heights: RowHeights
}

/** Where a list of runs was left; the way back from a run leads there. */
let left: Place | undefined

/** Where the list of an address was left; `undefined` when another was left since. */
export function useLeftPlace(path: string): Place | undefined {
  return useState(() => (left?.path === path ? left : undefined))[0]
}

/** Has a list stand where it was left, and keeps where it is left. */
export function useKeptPlace(
  path: string,
  scroller: HTMLElement | null,
  { heights }: Pick<DrawnRows, 'heights'>,
): void {
  useLayoutEffect(() => {
    if (scroller === null) return undefined
    if (left?.path === path) scroller.scrollTop = left.top
    left = undefined
    return () => {
      const focused = document.activeElement
      const runId = focused instanceof HTMLElement ? focused.dataset['runLink'] : undefined
      left = { path, top: scroller.scrollTop, runId, heights: heights() }
    }
  }, [path, scroller, heights])
}
