import type { TreeLine } from '../ui/tree-step.ts'
import type { OutlineItem } from './outline.ts'

/** A line of the outline, as it is shown and as its keys see it. */
export interface OutlineLine extends TreeLine {
  readonly item: OutlineItem
  /** The line under which it stands; `undefined` for one of the first level. */
  readonly parentId: string | undefined
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number
  readonly setSize: number
}

/** The lines that are shown, from top to bottom: all but those under a collapsed one. */
export function linesOf(
  items: readonly OutlineItem[],
  collapsed: ReadonlySet<string>,
): readonly OutlineLine[] {
  const lines: OutlineLine[] = []
  addLines(items, undefined)
  return lines

  function addLines(siblings: readonly OutlineItem[], parent: OutlineLine | undefined): void {
    siblings.forEach((item, index) => {
      const isExpandable = item.children.length > 0
      const line: OutlineLine = {
        id: item.id,
        item,
        depth: parent === undefined ? 0 : parent.depth + 1,
        parentId: parent?.id,
        isExpandable,
        isExpanded: isExpandable && !collapsed.has(item.id),
        position: index + 1,
        setSize: siblings.length,
      }
      lines.push(line)
      if (line.isExpanded) addLines(item.children, line)
    })
  }
}

/** The lines above an item that must be open for it to be seen; empty for one that is not there. */
export function pathTo(items: readonly OutlineItem[], id: string): readonly string[] {
  for (const item of items) {
    if (item.id === id) return []
    const isWithin = item.children.some((child) => child.id === id)
    const below = isWithin ? [] : pathTo(item.children, id)
    if (isWithin || below.length > 0) return [item.id, ...below]
  }
  return []
}

/** The next line after the active one, round the end, whose title starts with a letter. */
export function lineStartingWith(
  lines: readonly OutlineLine[],
  at: number,
  letter: string,
): OutlineLine | undefined {
  const wanted = letter.toLocaleLowerCase()
  return [...lines.slice(at + 1), ...lines.slice(0, at + 1)].find(({ item }) =>
    item.title.toLocaleLowerCase().startsWith(wanted),
  )
}
