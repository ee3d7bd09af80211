import { Bug, Maximize2, Minimize2, Pin, Play } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { focusRegion } from '../app/regions.ts'
import { runOrStop } from '../app/run-flow.ts'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { useSession, type SessionState } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TabList, tabPanelProps } from '../ui/tab-list.tsx'
import { inspectCommands, useInspect } from './inspect-store.ts'
import { InspectorFoot } from './inspector-foot.tsx'
import styles from './inspector.module.css'
import { NodeVisits } from './node-visits.tsx'
import { RunTimes } from './run-times.tsx'
import { useInspectedNode, useInspectedRun, type InspectedNode } from './use-inspected-node.ts'
import { useRunLog } from './use-run-log.ts'

/** What happened in each visit of a node, and where the time of the run went. */
export function Inspector() {
  const { view, nodeId, choice, isHeld, isMaximised, asked } = useInspect()
  const selected = useSession(selectOnlyNode)
  const run = useInspectedRun(useRunLog())
  const inspected = useInspectedNode(run, nodeId, choice)
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected !== undefined) inspectCommands.follow(selected)
  }, [selected])
  useFocusWhenAsked(panel, asked)

  return (
    <div ref={panel} className={styles.inspector} onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <TabList
          label="What is inspected"
          id="inspect"
          tabs={[
            { tab: 'visits', label: <VisitsTab run={inspected} title={titleOf(run, nodeId)} /> },
            { tab: 'times', label: 'Time line' },
          ]}
          shown={view}
          onShow={inspectCommands.show}
        />
        {run.log.dropped > 0 && (
          <span className={styles.dropped}>
            The first {counted(run.log.dropped, 'event')} of this run are no longer kept.
          </span>
        )}
        <span className={styles.actions}>
          <IconButton
            label="Stay with this node"
            isPressed={isHeld}
            disabled={nodeId === undefined}
            onClick={inspectCommands.toggleHeld}
          >
            <Pin size={14} aria-hidden />
          </IconButton>
          <IconButton
            label={isMaximised ? 'Restore size' : 'Maximise'}
            onClick={inspectCommands.toggleMaximised}
          >
            {isMaximised ? (
              <Minimize2 size={14} aria-hidden />
            ) : (
              <Maximize2 size={14} aria-hidden />
            )}
          </IconButton>
        </span>
      </header>
      <div {...tabPanelProps('inspect', view)} className={styles.body}>
        {run.log.events.length === 0 ? (
          <NoRun />
        ) : view === 'times' ? (
          <RunTimes run={run} />
        ) : inspected === undefined ? (
          <NoVisit title={titleOf(run, nodeId)} />
        ) : (
          <NodeVisits inspected={inspected} />
        )}
      </div>
      <InspectorFoot run={run} inspected={view === 'visits' ? inspected : undefined} />
    </div>
  )
}

interface VisitsTabProps {
  readonly run: InspectedNode | undefined
  readonly title: string | undefined
}

function VisitsTab({ run, title }: VisitsTabProps) {
  return (
    <span className={styles.tab}>
      {run === undefined ? (
        <Bug size={14} aria-hidden />
      ) : (
        <NodeIcon definition={run.definition} size={14} />
      )}
      <span>{title ?? 'Node'}</span>
    </span>
  )
}

function NoRun() {
  return (
    <EmptyState
      icon={<Bug size={20} aria-hidden />}
      title="Nothing has run yet"
      actions={
        <Button icon={<Play size={14} aria-hidden />} onClick={runOrStop}>
          Run
        </Button>
      }
    >
      Run the flow: each visit of a node is here then, with what it was given, what it gave, and
      what it asked of others.
    </EmptyState>
  )
}

function NoVisit({ title }: { readonly title: string | undefined }) {
  return title === undefined ? (
    <EmptyState icon={<Bug size={20} aria-hidden />} title="No node is selected">
      Select a node: what it did in this run is shown here.
    </EmptyState>
  ) : (
    <EmptyState icon={<Bug size={20} aria-hidden />} title={`“${title}” has not run`}>
      The run did not come to this node, or its visits in a loop were not recorded.
    </EmptyState>
  )
}

function titleOf(
  run: Pick<InspectedNode, 'titleOfNode'>,
  nodeId: string | undefined,
): string | undefined {
  return nodeId === undefined ? undefined : run.titleOfNode(nodeId)
}

/** Who asked for a node by a key or a menu goes on in what opened. */
function useFocusWhenAsked(panel: React.RefObject<HTMLElement | null>, asked: number): void {
  const answered = useRef(0)
  useEffect(() => {
    if (asked === answered.current) return
    answered.current = asked
    const first = (role: string) => panel.current?.querySelector<HTMLElement>(`[role="${role}"]`)
    ;(first('listbox') ?? first('tab'))?.focus()
  }, [panel, asked])
}

/** Left and right go from list to list, Escape back to the canvas. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event
  // What floats over the page, and a field, have an Escape of their own.
  const isInside = target instanceof Node && event.currentTarget.contains(target)
  if (!isInside || event.defaultPrevented || target instanceof HTMLInputElement) return
  if (event.key === 'Escape') {
    if (useInspect.getState().isMaximised) inspectCommands.toggleMaximised()
    else focusRegion('canvas')
    return
  }
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  const list = target instanceof Element ? target.closest('[role="listbox"]') : null
  if (step === undefined || list === null || event.ctrlKey || event.metaKey) return
  const lists = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="listbox"]')]
  const next = lists[lists.findIndex((one) => one === list) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

function selectOnlyNode({ selectedNodeIds }: SessionState): string | undefined {
  const [nodeId, ...others] = selectedNodeIds
  return others.length === 0 ? nodeId : undefined
}
