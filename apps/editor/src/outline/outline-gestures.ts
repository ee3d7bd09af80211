import type { KeyboardEvent, MouseEvent } from 'react'
import { runCommand } from '../commands/commands.ts'
import { sessionCommands } from '../session/session-store.ts'
import { isMenuKey, openContextMenu } from '../ui/open-context-menu.ts'
import { treeStep } from '../ui/tree-step.ts'
import { outlineCommands } from './outline-commands.ts'
import { outlineCommandFor, type OutlineCommand } from './outline-keys.ts'
import { lineStartingWith, type OutlineLine } from './outline-lines.ts'
import type { ShownOutline } from './use-outline.ts'

/** Does what a key means in the tree, which has the focus. */
export function onKeyDown(event: KeyboardEvent, outline: ShownOutline): void {
  const { lines, active, at } = outline
  if (active === undefined) return
  const command = outlineCommandFor(event)
  const step =
    event.altKey || event.ctrlKey || event.metaKey
      ? undefined
      : treeStep(event.key, { lines, at, isSearched: false })
  if (isMenuKey(event)) openMenuAt(event.currentTarget.querySelector('[data-active]'))
  else if (command !== undefined) act(command, active, outline)
  else if (step?.kind === 'move') go(lines[step.to] ?? active, outline)
  else if (step?.kind === 'toggle') outline.toggle(active)
  else {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
    const found = isLetter ? lineStartingWith(lines, at, event.key) : undefined
    if (found === undefined) return
    go(found, outline)
  }
  event.preventDefault()
  event.stopPropagation()
}

/** The browser would open it in the middle of the tree, which has the focus. */
function openMenuAt(row: Element | null): void {
  if (row === null) return
  const { left, bottom } = row.getBoundingClientRect()
  openContextMenu(row, [left + 24, bottom])
}

function act(command: OutlineCommand, line: OutlineLine, outline: ShownOutline): void {
  const { item } = line
  if (command === 'add') return outlineCommands.add(item)
  if (command === 'properties' && item.kind !== 'node') {
    if (line.isExpandable) outline.toggle(line)
    else outlineCommands.add(item)
    return
  }
  if (item.kind === 'note' && command === 'remove') return remove(line, outline)
  if (item.kind !== 'node') return
  if (command === 'select') return outlineCommands.toggleSelected(item.node.id)
  if (!outline.selected.has(item.node.id)) outlineCommands.show(item)
  switch (command) {
    case 'properties':
      return outlineCommands.openProperties(item)
    case 'rename':
      return sessionCommands.rename(item.node.id)
    case 'moveUp':
      return runCommand('runEarlier')
    case 'moveDown':
      return runCommand('runLater')
    case 'remove':
      return remove(line, outline)
  }
}

/** The line that takes the place of the removed ones is the active one then. */
function remove(line: OutlineLine, outline: ShownOutline): void {
  const { lines, at, selected } = outline
  const isKept = ({ item }: OutlineLine) =>
    item.kind === 'node' ? !selected.has(item.node.id) : item.kind === 'note' && item !== line.item
  const next = lines.slice(at + 1).find(isKept) ?? lines.slice(0, at).findLast(isKept)
  runCommand('remove')
  if (next !== undefined) go(next, outline)
}

/** Makes a line the active one, and shows its node on the canvas. */
export function go(line: OutlineLine, { activate }: ShownOutline): void {
  activate(line)
  outlineCommands.show(line.item)
}

/** Opens or closes at the chevron; elsewhere makes a line the active one, or selects it besides. */
export function onClick(event: MouseEvent, outline: ShownOutline): void {
  const line = lineAt(event, outline.lines)
  if (line === undefined || !(event.target instanceof Element)) return
  if (event.target.closest('[data-chevron]') !== null && line.isExpandable) {
    outline.activate(line)
    outline.toggle(line)
  } else if (event.ctrlKey || event.metaKey || event.shiftKey) {
    outline.activate(line)
    if (line.item.kind === 'node') outlineCommands.toggleSelected(line.item.node.id)
  } else go(line, outline)
}

/** Leads into the form of a node. */
export function onDoubleClick(event: MouseEvent, outline: ShownOutline): void {
  const line = lineAt(event, outline.lines)
  if (line !== undefined) act('properties', line, outline)
}

/** The line that an event of the mouse is about. */
export function lineAt(
  { target }: MouseEvent,
  lines: readonly OutlineLine[],
): OutlineLine | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null
  return lines.find(({ id }) => id === row?.dataset['line'])
}
