import type { Problem } from '@millrace/flow'
import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { LazyEventsPanel } from '../events/lazy-events-panel.tsx'
import { LazyInspector } from '../inspect/lazy-inspector.tsx'
import { LazyProblemsPanel } from '../problems/lazy-problems-panel.tsx'
import { LazyRunsPanel } from '../runs/lazy-runs-panel.tsx'
import { LazyRunsInProgress } from '../replay/lazy-runs-in-progress.tsx'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import {
  sessionCommands,
  useSession,
  type BottomPanel,
  type SessionState,
} from '../session/session-store.ts'
import { LazyTestsPanel } from '../tests/lazy-tests-panel.tsx'
import { useTests, type TestsState } from '../tests/tests-store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './bottom-panel.module.css'

/** The bar at the foot of the designer: which panel is open, and how things stand while none is. */
export function BottomBar() {
  const open = useSession(selectBottomPanel)
  return (
    <footer className={styles.bar} data-region="foot">
      <BarButton panel="problems" open={open}>
        Problems <ProblemCounts />
      </BarButton>
      <BarButton panel="events" open={open}>
        Events <EventCount />
      </BarButton>
      <BarButton panel="inspect" open={open}>
        Inspect
      </BarButton>
      <BarButton panel="runs" open={open}>
        Runs
      </BarButton>
      <BarButton panel="tests" open={open}>
        Tests <FailedTestCount />
      </BarButton>
      <span className={styles.end}>
        <LazyRunsInProgress />
        {open !== undefined && (
          <IconButton
            label="Close the panel"
            tooltipSide="top"
            onClick={(event) => {
              // This button goes with the panel: the focus goes to what opens it again.
              const bar = event.currentTarget.closest('footer')
              bar?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus()
              sessionCommands.openBottomPanel(undefined)
            }}
          >
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </span>
    </footer>
  )
}

const panels: Readonly<
  Record<BottomPanel, { readonly title: string; readonly content: ReactNode }>
> = {
  problems: { title: 'Problems', content: <LazyProblemsPanel /> },
  events: { title: 'Events', content: <LazyEventsPanel /> },
  inspect: { title: 'Inspect', content: <LazyInspector /> },
  runs: { title: 'Runs', content: <LazyRunsPanel /> },
  tests: { title: 'Tests', content: <LazyTestsPanel /> },
}

/** What the open panel shows. */
export function BottomContent() {
  const open = useSession(selectBottomPanel)
  return (
    <section
      id="bottom-panel"
      className={styles.content}
      data-region="bottom"
      aria-labelledby="bottom-panel-title"
    >
      <h2 id="bottom-panel-title" className="visually-hidden">
        {open === undefined ? '' : panels[open].title}
      </h2>
      {open !== undefined && panels[open].content}
    </section>
  )
}

interface BarButtonProps {
  readonly panel: BottomPanel
  readonly open: BottomPanel | undefined
  readonly children: ReactNode
}

function BarButton({ panel, open, children }: BarButtonProps) {
  const isOpen = panel === open
  return (
    <button
      type="button"
      className={styles.button}
      aria-expanded={isOpen}
      aria-controls={isOpen ? 'bottom-panel' : undefined}
      onClick={() => sessionCommands.toggleBottomPanel(panel)}
    >
      {children}
    </button>
  )
}

function ProblemCounts() {
  const errors = useDocument(selectErrorCount)
  const warnings = useDocument(selectWarningCount)
  if (errors + warnings === 0) {
    return (
      <span className={styles.count} data-tone="ok">
        <CircleCheck size={13} aria-hidden /> none
      </span>
    )
  }
  return (
    <>
      {errors > 0 && (
        <span className={styles.count} data-tone="error">
          <CircleAlert size={13} aria-hidden /> {errors}
          <span className="visually-hidden">{errors === 1 ? ' error' : ' errors'}</span>
        </span>
      )}
      {warnings > 0 && (
        <span className={styles.count} data-tone="warning">
          <TriangleAlert size={13} aria-hidden /> {warnings}
          <span className="visually-hidden">{warnings === 1 ? ' warning' : ' warnings'}</span>
        </span>
      )}
    </>
  )
}

function EventCount() {
  const count = useRun(selectEventCount)
  return count === 0 ? null : <span className={styles.count}>{count}</span>
}

function FailedTestCount() {
  const count = useTests(selectFailedTestCount)
  if (count === 0) return null
  return (
    <span className={styles.count} data-tone="error">
      <CircleAlert size={13} aria-hidden /> {count}
      <span className="visually-hidden"> failed</span>
    </span>
  )
}

function selectBottomPanel(state: SessionState): BottomPanel | undefined {
  return state.bottomPanel
}

function selectErrorCount({ problems }: DocumentState): number {
  return countOf(problems, 'error')
}

function selectWarningCount({ problems }: DocumentState): number {
  return countOf(problems, 'warning')
}

function countOf(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length
}

function selectFailedTestCount({ results }: TestsState): number {
  return [...results.values()].filter(({ result }) => !result.passed).length
}

function selectEventCount({ log, droppedEvents }: WatchedRun): number {
  return log.events.length + droppedEvents
}
