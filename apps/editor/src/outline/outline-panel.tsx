import { ListTree, Plus } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { groupByNode } from '../canvas/node-problems.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { runCommand } from '../commands/commands.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { ContextMenu } from '../ui/context-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { treeStep } from '../ui/tree-step.ts'
import { outlineCommands } from './outline-commands.ts'
import { outlineCommandFor, type OutlineCommand } from './outline-keys.ts'
import { lineStartingWith, type OutlineLine } from './outline-lines.ts'
import { OutlineMenu } from './outline-menu.tsx'
import type { OutlineItem } from './outline.ts'
import styles from './outline-panel.module.css'
import { OutlineRow } from './outline-row.tsx'
import { useOutline, type ShownOutline } from './use-outline.ts'

const selectProblems = (document: DocumentState) => document.problems
const selectRenamingId = (session: SessionState) => session.renamingNodeId

/** The flow as a tree that reads like a program: all that the canvas can do, without a place in space. */
export function OutlinePanel() {
  const outline = useOutline()
  const { lines, active, selected } = outline
  const problems = useDocument(selectProblems)
  const byNode = useMemo(() => groupByNode(problems, new Map()), [problems])
  const renamingId = useSession(selectRenamingId)
  const workplace = useSession((session) => session.workplace)
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const isEmpty = active === undefined

  useEffect(() => () => sessionCommands.workIn('canvas'), [])
  useEffect(() => {
    if (useSession.getState().workplace === 'outline') enter(panel.current)
  }, [isEmpty])

  if (active === undefined) {
    return (
      <div className={styles.panel} ref={panel}>
        <EmptyOutline />
      </div>
    )
  }
  return (
    <div className={styles.panel} ref={panel}>
      <Toolbar item={active.item} treeId={id} />
      <ContextMenu content={<OutlineMenu item={active.item} />}>
        <div
          id={id}
          role="tree"
          tabIndex={0}
          aria-label="Outline of the flow"
          aria-multiselectable
          aria-activedescendant={`${id}-${active.id}`}
          className={styles.tree}
          onFocus={() => sessionCommands.workIn('outline')}
          onKeyDown={(event) => onKeyDown(event, outline)}
          onClick={(event) => onClick(event, outline)}
          onDoubleClick={(event) => onDoubleClick(event, outline)}
          onContextMenuCapture={(event) => {
            const line = lineAt(event, lines)
            if (line !== undefined) go(line, outline)
          }}
        >
          {lines.map((line) => {
            const nodeId = line.item.kind === 'node' ? line.item.node.id : undefined
            return (
              <OutlineRow
                key={line.id}
                id={`${id}-${line.id}`}
                line={line}
                problems={nodeId === undefined ? undefined : byNode.get(nodeId)}
                isActive={line === active}
                isSelected={nodeId !== undefined && selected.has(nodeId)}
                isRenaming={
                  workplace === 'outline' && nodeId !== undefined && nodeId === renamingId
                }
              />
            )
          })}
        </div>
      </ContextMenu>
    </div>
  )
}

/** Puts the focus on the tree, or on what can be done while there is none. */
function enter(panel: HTMLElement | null): void {
  const entrance =
    panel?.querySelector<HTMLElement>('[role="tree"]') ?? panel?.querySelector('button')
  entrance?.focus({ preventScroll: true })
}

function EmptyOutline() {
  return (
    <EmptyState
      icon={<ListTree size={20} aria-hidden />}
      title="Nothing to outline yet"
      actions={
        <Button
          icon={<Plus size={14} aria-hidden />}
          onClick={() => {
            sessionCommands.workIn('outline')
            sessionCommands.openPicker()
          }}
        >
          Add a trigger
        </Button>
      }
    >
      The flow is listed here as it runs: from its trigger on, with what runs inside each block.
    </EmptyState>
  )
}

interface ToolbarProps {
  readonly line: OutlineLine
  readonly treeId: string
}

/** The commands of the active line that matter most, for those who do not know their keys. */
function Toolbar({ item, treeId }: { readonly item: OutlineItem; readonly treeId: string }) {
  return (
    <div className={styles.toolbar} role="group" aria-label={`For “${item.title}”`}>
      <Button
        size="small"
        variant="quiet"
        icon={<Plus size={14} aria-hidden />}
        aria-controls={treeId}
        onClick={() => outlineCommands.add(item)}
      >
        {addTexts[item.kind]}
      </Button>
      <span className={styles.gap} />
      {item.kind === 'node' && (
        <>
          <CommandButton command="connect" />
          <CommandButton command="runEarlier" />
          <CommandButton command="runLater" />
        </>
      )}
    </div>
  )
}

const addTexts = {
  node: 'Add after',
  block: 'Add inside',
  attachment: 'Attach',
  note: 'Add node',
  group: 'Add node',
} as const satisfies Readonly<Record<OutlineItem['kind'], string>>

function onKeyDown(event: KeyboardEvent, outline: ShownOutline): void {
  const { lines, active, at } = outline
  if (active === undefined) return
  const isMenuKey = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')
  const command = outlineCommandFor(event)
  const step =
    event.altKey || event.ctrlKey || event.metaKey
      ? undefined
      : treeStep(event.key, { lines, at, isSearched: false })
  if (isMenuKey) openMenuAt(event.currentTarget.querySelector('[data-active]'))
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
  const { left, bottom } = row?.getBoundingClientRect() ?? new DOMRect()
  const at = { clientX: left + 24, clientY: bottom }
  row?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }))
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
function go(line: OutlineLine, { activate }: ShownOutline): void {
  activate(line)
  outlineCommands.show(line.item)
}

function onClick(event: MouseEvent, outline: ShownOutline): void {
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

function onDoubleClick(event: MouseEvent, outline: ShownOutline): void {
  const line = lineAt(event, outline.lines)
  if (line !== undefined) act('properties', line, outline)
}

function lineAt({ target }: MouseEvent, lines: readonly OutlineLine[]): OutlineLine | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null
  return lines.find(({ id }) => id === row?.dataset['line'])
}
