import { compareRuns, titleOf, type ComparedRuns, type Flow } from '@millrace/flow'
import { GitCompareArrows, X } from 'lucide-react'
import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { navigate, runPath } from '../app/router.ts'
import { LazyRanView } from '../canvas/react-flow/lazy-ran-view.tsx'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { startText } from '../runs/run-times.ts'
import { DocumentsNote } from './documents-note.tsx'
import { FigureTable } from './figure-table.tsx'
import { durationOf, figure, headingOf, outcomeRow, row, tokensOf } from './comparison-words.ts'
import { NodeDifferences } from './node-differences.tsx'
import styles from './run-comparison.module.css'
import { useOtherRun, type OtherRun } from './use-other-run.ts'
import { YieldsDifference } from './yields-difference.tsx'

export interface RunComparisonProps {
  readonly runId: string
  /** The run that it is compared with. */
  readonly comparedId: string
}

/** Two runs beside each other: the nodes that differ on the canvas, and all that differs in a list. */
export function RunComparison({ runId, comparedId }: RunComparisonProps) {
  const other = useOtherRun(comparedId)
  const flowId = useDocument(selectFlow).id
  const leave = () => navigate(runPath(flowId, runId))
  switch (other.status) {
    case 'reading':
      return (
        <p className={styles.reading} role="status">
          <Spinner size={14} /> Reading the other run…
        </p>
      )
    case 'failed':
      return (
        <EmptyState
          size="page"
          icon={<GitCompareArrows size={24} aria-hidden />}
          title={
            other.error.code === 'not_found'
              ? 'The other run is no longer kept'
              : 'The other run cannot be read'
          }
          actions={<Button onClick={leave}>Show this run alone</Button>}
        >
          {other.error.message}
        </EmptyState>
      )
    case 'ready':
      return <Compared other={other} onLeave={leave} />
  }
}

interface ComparedProps {
  readonly other: Extract<OtherRun, { status: 'ready' }>
  readonly onLeave: () => void
}

function Compared({ other, onLeave }: ComparedProps) {
  const events = useRun(selectEvents)
  const ran = useRun(selectDocument)
  const open = useDocument(selectFlow)
  const flow = ran ?? open
  const [now] = useState(() => new Date())
  const compared = useMemo(() => compareRuns(events, other.events), [events, other.events])
  const differing = useMemo(
    () => compared.nodes.filter(({ differsIn }) => differsIn.length > 0),
    [compared],
  )
  const marked = useMemo(() => new Set(differing.map(({ nodeId }) => nodeId)), [differing])
  const classNameOf = useCallback(
    (nodeId: string) => (marked.has(nodeId) ? styles.differs : undefined),
    [marked],
  )
  const titleOfNode = useMemo(() => titlesOf(flow, other.flow), [flow, other.flow])
  const start = events[0]?.at

  return (
    <div className={styles.frame}>
      <div className={styles.picture}>
        <LazyRanView flow={flow} classNameOf={classNameOf} />
      </div>
      <section className={styles.side} aria-label="Comparison of two runs">
        <header className={styles.head}>
          <h2>{headingOf(differing.length)}</h2>
          <IconButton label="Close the comparison" onClick={onLeave}>
            <X size={16} aria-hidden />
          </IconButton>
        </header>
        <div className={styles.content}>
          <FigureTable
            label="The two runs"
            left={start === undefined ? 'This run' : startText(new Date(start), now)}
            right={startText(other.facts.startedAt, now)}
            rows={rowsOf(compared)}
          />
          <DocumentsNote compared={compared} left={flow} right={other.flow} />
          <Part title="Nodes">
            <NodeDifferences
              nodes={differing}
              titleOfNode={titleOfNode}
              onShow={sessionCommands.showNode}
            />
          </Part>
          <Part title="What the client got">
            <YieldsDifference compared={compared} />
          </Part>
        </div>
      </section>
    </div>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function rowsOf({ left, right }: ComparedRuns) {
  return [
    outcomeRow({ left, right }),
    figure('Time', durationOf(left.ms), durationOf(right.ms)),
    figure('Tokens', tokensOf(left.usage), tokensOf(right.usage)),
    row(
      'Values',
      left.yields.length.toLocaleString('en'),
      right.yields.length.toLocaleString('en'),
    ),
  ]
}

/** The titles of nodes, by what either run ran. */
function titlesOf(...flows: readonly (Flow | undefined)[]): (nodeId: string) => string {
  const titles = new Map<string, string>()
  for (const flow of flows.toReversed()) {
    for (const node of flow?.nodes ?? []) {
      titles.set(node.id, titleOf(node, registry.nodes.get(node.type)))
    }
  }
  return (nodeId) => titles.get(nodeId) ?? nodeId
}

function selectEvents({ log }: WatchedRun): WatchedRun['events'] {
  return log.events
}

function selectDocument({ document }: WatchedRun): WatchedRun['document'] {
  return document
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}
