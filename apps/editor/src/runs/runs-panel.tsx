import { CircleAlert, History, Play } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { StoredRun, StoredRunState } from '../api/run-history-api.ts'
import { Link } from '../app/link.tsx'
import { runOrStop } from '../app/run-flow.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { attempt } from '../flows/flow-actions.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { DeleteRunsDialog } from './delete-runs-dialog.tsx'
import { runsPath } from './run-filter.ts'
import { RunLines } from './run-lines.tsx'
import { runningFirst } from './running-first.ts'
import styles from './runs-panel.module.css'
import { createServerRunList, useNow, useWatchedRuns } from './use-watched-runs.ts'

const flowRunList = createServerRunList()

const states: readonly SelectOption<StoredRunState | 'any'>[] = [
  { value: 'any', label: 'All runs' },
  { value: 'running', label: 'Running' },
  { value: 'failed', label: 'Failed' },
]

/** The runs of the open flow, those that go on first; each opens on the canvas. */
export function RunsPanel() {
  const flowId = useDocument(selectFlowId)
  const flowName = useDocument(selectFlowName)
  const [state, setState] = useState<StoredRunState | 'any'>('any')
  const [toDelete, setToDelete] = useState<StoredRun>()
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const list = useWatchedRuns(flowRunList, flowId)
  const { status, runs, fresh, next, error } = list
  const ordered = useMemo(() => runningFirst(runs), [runs])
  const now = useNow(runs.some((run) => run.state === 'running'))
  const look = useCallback(
    () => void flowRunList.show({ flow: flowId, ...(state === 'any' ? {} : { state }) }),
    [flowId, state],
  )

  useEffect(look, [look])
  // Who works on a flow waits for its runs.
  useEffect(() => {
    if (fresh.length > 0) void flowRunList.showFresh()
  }, [fresh])

  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <Select
          label="Which runs"
          className={styles.select ?? ''}
          value={state}
          options={states}
          onChange={setState}
        />
        <span className={styles.about}>Of this flow, whoever started them.</span>
        <Link href={runsPath({ flow: flowId })} className={styles.all}>
          Open in Runs
        </Link>
      </div>
      {status === 'loading' && (
        <p className={styles.loading} role="status">
          <Spinner size={14} /> Reading the runs…
        </p>
      )}
      {status === 'failed' && (
        <EmptyState
          icon={<CircleAlert size={20} aria-hidden />}
          title="The runs cannot be read"
          actions={<Button onClick={look}>Try again</Button>}
        >
          {error?.message}
        </EmptyState>
      )}
      {status === 'ready' && runs.length === 0 && (
        <EmptyState
          icon={<History size={20} aria-hidden />}
          title={state === 'any' ? 'This flow has not run yet' : 'No run is like this'}
          actions={
            state === 'any' ? (
              <Button size="small" icon={<Play size={14} aria-hidden />} onClick={runOrStop}>
                Run the flow
              </Button>
            ) : (
              <Button size="small" onClick={() => setState('any')}>
                All runs
              </Button>
            )
          }
        >
          Each run is kept here for a while, also those that clients start.
        </EmptyState>
      )}
      {runs.length > 0 && (
        <div ref={setScroller} className={styles.body}>
          <RunLines
            list={flowRunList}
            runs={ordered}
            hasMore={next !== undefined}
            scroller={scroller}
            flowName={flowName}
            now={now}
            onDelete={setToDelete}
          />
          {next !== undefined && (
            <Button
              size="small"
              className={styles.more}
              isBusy={list.isLoadingMore}
              onClick={() => void attempt(flowRunList.loadMore)}
            >
              Load more
            </Button>
          )}
        </div>
      )}
      {toDelete !== undefined && (
        <DeleteRunsDialog
          deletion={{ kind: 'runs', runs: [toDelete] }}
          onClose={() => setToDelete(undefined)}
          onDeleted={(ids) => {
            if (ids !== undefined) void flowRunList.remove(ids)
          }}
        />
      )}
    </div>
  )
}

function selectFlowId({ flow }: DocumentState): string {
  return flow.id
}

function selectFlowName({ flow }: DocumentState): string {
  return flow.name
}
