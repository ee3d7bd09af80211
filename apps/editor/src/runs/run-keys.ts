import type { KeyboardEvent } from 'react'
import type { StoredRun } from '../api/run-history-api.ts'
import { nextCard } from '../flows/next-card.ts'

/** What the keys of a list of runs do, beside moving the focus. */
export interface RunKeyActions {
  readonly onToggle: (run: StoredRun) => void
  readonly onExtend: (run: StoredRun) => void
  readonly onSelectAll: () => void
  readonly onSelectNothing: () => void
  readonly onDelete: (run: StoredRun) => void
}

/** The keys of a list of runs while the link of one has the focus. */
export function runKeys(runs: readonly StoredRun[], actions: RunKeyActions) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-run-link]')]
    const index = links.findIndex((link) => link === event.target)
    const link = links[index]
    const run = runs.find(({ id }) => id === link?.dataset['runLink'])
    if (link === undefined || run === undefined || event.altKey) return
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'a') return
      actions.onSelectAll()
    } else if (event.key === ' ') actions.onToggle(run)
    else if (event.key === 'Delete') actions.onDelete(run)
    else if (event.key === 'Escape') actions.onSelectNothing()
    else {
      const next = nextCard(event.key, { index, count: links.length, columns: 1 })
      const target = next === undefined ? undefined : links[next]
      const there = runs.find(({ id }) => id === target?.dataset['runLink'])
      // Arrows to the side belong to grids.
      if (!['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key) || there === undefined)
        return
      if (event.shiftKey) {
        actions.onExtend(run)
        actions.onExtend(there)
      }
      target?.focus()
    }
    event.preventDefault()
  }
}
