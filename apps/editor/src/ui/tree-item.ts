import type { TreeLine } from './tree-step.ts'

/** A line of a tree with its place among its siblings, from 1. */
export interface PlacedTreeLine extends TreeLine {
  readonly position: number
  readonly setSize: number
}

/**
 * What the element of a line says of it. The keyboard is the tree's, which points at the active line
 * by `aria-activedescendant`.
 */
export function treeItem(line: PlacedTreeLine, { isSelected }: { readonly isSelected: boolean }) {
  return {
    role: 'treeitem',
    tabIndex: -1,
    'aria-level': line.depth + 1,
    'aria-posinset': line.position,
    'aria-setsize': line.setSize,
    'aria-expanded': line.isExpandable ? line.isExpanded : undefined,
    'aria-selected': isSelected,
  } as const
}
