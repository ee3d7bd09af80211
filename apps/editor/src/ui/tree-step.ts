/** A line of a tree as its keys see it, among all that are shown, from top to bottom. */
export interface TreeLine {
  readonly id: string
  readonly depth: number
  readonly isExpandable: boolean
  readonly isExpanded: boolean
}

/** What a key does to the line that is active; moving makes another one that. */
export type TreeStep =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'choose' }

export interface TreePlace {
  readonly lines: readonly TreeLine[]
  /** The active line; -1 when there is none. */
  readonly at: number
  /** While somebody searches, left, right, Home and End are keys of the text, and what holds a hit is open. */
  readonly isSearched: boolean
}

/** What a key means in a tree, which may be driven by a search field; `undefined` when it is none of its keys. */
export function treeStep(key: string, { lines, at, isSearched }: TreePlace): TreeStep | undefined {
  const active = lines[at]
  const move = (to: number): TreeStep => {
    return { kind: 'move', to: Math.min(Math.max(to, 0), lines.length - 1) }
  }
  switch (key) {
    case 'ArrowDown':
      return move(at + 1)
    case 'ArrowUp':
      return move(at - 1)
    case 'Home':
      return isSearched ? undefined : move(0)
    case 'End':
      return isSearched ? undefined : move(lines.length - 1)
    case 'Enter':
      return active && { kind: 'choose' }
    case 'ArrowRight':
      if (isSearched || !active?.isExpandable) return undefined
      return active.isExpanded ? move(at + 1) : { kind: 'toggle' }
    case 'ArrowLeft': {
      if (isSearched || active === undefined) return undefined
      if (active.isExpanded) return { kind: 'toggle' }
      const parent = lines.findLastIndex(({ depth }, index) => index < at && depth < active.depth)
      return parent === -1 ? undefined : move(parent)
    }
    default:
      return undefined
  }
}
