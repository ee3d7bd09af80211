import { ListTree, Plus } from 'lucide-react'
import { useEffect, useId, useMemo, useRef } from 'react'
import { groupByNode } from '../canvas/node-problems.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { ContextMenu } from '../ui/context-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { outlineCommands } from './outline-commands.ts'
import { go, lineAt, onClick, onDoubleClick, onKeyDown } from './outline-gestures.ts'
import { OutlineMenu } from './outline-menu.tsx'
import type { OutlineItem } from './outline.ts'
import styles from './outline-panel.module.css'
import { OutlineRow } from './outline-row.tsx'
import { useOutline } from './use-outline.ts'

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
