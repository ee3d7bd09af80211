import { useState, type KeyboardEvent } from 'react'
import { treeStep, type TreeLine } from './tree-step.ts'

export interface TreeKeysOptions<Line extends TreeLine> {
  /** All that are shown, from top to bottom, each under an id of its own. */
  readonly lines: readonly Line[]
  /** The active line until a key has moved to another, or while that one is not shown. */
  readonly first: Line | undefined
  readonly isSearched: boolean
  readonly onToggle: (line: Line) => void
  readonly onChoose: (line: Line) => void
}

export interface TreeKeys<Line> {
  /** Which line `aria-activedescendant` of the search field names. */
  readonly active: Line | undefined
  /** Whether a key has moved yet: only then is the active line brought into view. */
  readonly hasMoved: boolean
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** The keys of a tree which the search field above it drives. */
export function useTreeKeys<Line extends TreeLine>(options: TreeKeysOptions<Line>): TreeKeys<Line> {
  const { lines, first, isSearched, onToggle, onChoose } = options
  const [moved, setMoved] = useState<string>()
  const active = lines.find(({ id }) => id === moved) ?? first
  const at = active === undefined ? -1 : lines.indexOf(active)
  return {
    active,
    hasMoved: moved !== undefined,
    onKeyDown(event) {
      if (event.ctrlKey || event.metaKey) return
      const step = treeStep(event.key, { lines, at, isSearched })
      if (step === undefined) return
      event.preventDefault()
      if (step.kind === 'move') setMoved(lines[step.to]?.id)
      else if (active !== undefined && step.kind === 'toggle') onToggle(active)
      else if (active !== undefined) onChoose(active)
    },
  }
}
