import type { KeyboardEvent } from 'react'
import type { StoredRun } from '../api/run-history-api.ts'
import { nextCard } from '../flows/next-card.ts'

/** What the keys of a list of runs do, beside moving the focus. */
export interface RunKeyActions {
  /** Gives the focus to the link of a run, which may not be drawn. */
  readonly onReach: (run: StoredRun) => void
  readonly onDelete: (run: StoredRun) => void
  /** Where several can be selected. */
  readonly selecting?: {
    readonly onToggle: (run: StoredRun) => void
    readonly onExtend: (run: StoredRun) => void
    readonly onSelectAll: () => void
    readonly onSelectNothing: () => void
  }
}

/** The keys of a list of runs while the link of one has the focus. */
export function runKeys(
  runs: readonly StoredRun[],
  { onReach, onDelete, selecting }: RunKeyActions,
) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event
    const id = target instanceof HTMLElement ? target.dataset['runLink'] : undefined
    const index = runs.findIndex((run) => run.id === id)
    const run = runs[index]
    if (run === undefined || event.altKey) return
    const selects = select(event, run)
    if (selects) event.preventDefault()
    if (selects || event.ctrlKey || event.metaKey) return
    if (event.key === 'Delete') onDelete(run)
    else {
      const next = nextCard(event.key, { index, count: runs.length, columns: 1 })
      const there = next === undefined ? undefined : runs[next]
      // Arrows to the side belong to grids.
      if (!['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key) || there === undefined)
        return
      if (event.shiftKey) {
        selecting?.onExtend(run)
        selecting?.onExtend(there)
      }
      onReach(there)
    }
    event.preventDefault()
  }

  /** Whether a key changed what is selected. */
  function select(event: KeyboardEvent, run: StoredRun): boolean {
    if (selecting === undefined) return false
    const isWithControl = event.ctrlKey || event.metaKey
    if (isWithControl && event.key === 'a') selecting.onSelectAll()
    else if (isWithControl) return false
    else if (event.key === ' ') selecting.onToggle(run)
    else if (event.key === 'Escape') selecting.onSelectNothing()
    else return false
    return true
  }
}
