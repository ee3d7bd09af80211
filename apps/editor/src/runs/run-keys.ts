import type { KeyboardEvent } from 'react'
import type { StoredRun } from '../api/run-history-api.ts'
import { nextCard } from '../flows/next-card.ts'

/** What the keys of a list of runs do, beside moving the focus. */
export interface RunKeyActions {
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
export function runKeys(runs: readonly StoredRun[], { onDelete, selecting }: RunKeyActions) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-run-link]')]
    const index = links.findIndex((link) => link === event.target)
    const link = links[index]
    const run = runs.find(({ id }) => id === link?.dataset['runLink'])
    if (link === undefined || run === undefined || event.altKey) return
    const selects = select(event, run)
    if (selects) event.preventDefault()
    if (selects || event.ctrlKey || event.metaKey) return
    if (event.key === 'Delete') onDelete(run)
    else {
      const next = nextCard(event.key, { index, count: links.length, columns: 1 })
      const target = next === undefined ? undefined : links[next]
      const there = runs.find(({ id }) => id === target?.dataset['runLink'])
      // Arrows to the side belong to grids.
      if (!['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key) || there === undefined)
        return
      if (event.shiftKey) {
        selecting?.onExtend(run)
        selecting?.onExtend(there)
      }
      target?.focus()
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
