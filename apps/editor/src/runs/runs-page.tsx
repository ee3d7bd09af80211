import { ArrowUp, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useConnectivity } from '../api/connectivity.ts'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { navigate } from '../app/router.ts'
import { attempt } from '../flows/flow-actions.ts'
import { flowListCommands, useFlowList } from '../flows/flow-list.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { filterOf, isNarrowed, runsPath, unknownIn, type RunFilter } from './run-filter.ts'
import { runList, runsPageCommands, useRunsPage } from './runs-page-store.ts'
import page from '../app/page.module.css'
import styles from './runs-page.module.css'
import { RunsDeletion } from './runs-deletion.tsx'
import { RunsPlaceholder } from './runs-placeholder.tsx'
import { RunsSelectionBar } from './runs-selection-bar.tsx'
import { RunsTable } from './runs-table.tsx'
import { RunsToolbar } from './runs-toolbar.tsx'
import { SessionView } from './session-view.tsx'
import { StoredLine } from './stored-line.tsx'
import { useNow, useWatchedRuns } from './use-watched-runs.ts'

/** The runs of all flows; what they are narrowed to is the query of the address. */
export function RunsPage({ query }: { readonly query: string }) {
  const filter = useMemo(() => filterOf(query), [query])
  const unknown = unknownIn(query)
  const list = useWatchedRuns(runList, filter.flow)
  const selectedIds = useRunsPage((state) => state.selection.ids)
  const flows = useFlowList((state) => state.flows)
  const flowNames = useMemo(() => new Map(flows.map(({ id, name }) => [id, name])), [flows])
  const isOnline = useConnectivity((state) => state.isOnline)
  const { runs, fresh, next } = list
  const now = useNow(runs.some(({ state }) => state === 'running'))
  const { flow, session } = filter
  const [scroller, setScroller] = useState<HTMLElement | null>(null)

  useEffect(() => {
    if (isOnline) void runsPageCommands.visit(filter)
  }, [filter, isOnline])
  useEffect(() => {
    if (isOnline) void flowListCommands.load()
  }, [isOnline])

  const table = runs.length > 0 && (
    <RunsTable
      runs={runs}
      hasMore={next !== undefined}
      scroller={scroller}
      filter={filter}
      flowNames={flowNames}
      now={now}
    />
  )
  return (
    <div className={page.frame}>
      <div ref={setScroller} className={`${page.page} ${styles.page}`}>
        <title>Runs · Millrace</title>
        <PageHeader current="runs" />
        <OfflineBanner>This page fills by itself when it is back.</OfflineBanner>
        <main className={page.main}>
          <div className={page.head}>
            <div>
              <h1>Runs</h1>
              <StoredLine />
            </div>
            {flow !== undefined && session === undefined && runs.length > 0 && (
              <Button
                variant="quiet"
                icon={<Trash2 size={16} aria-hidden />}
                onClick={() =>
                  runsPageCommands.askToDelete({
                    kind: 'flow',
                    flowId: flow,
                    name: flowNames.get(flow) ?? flow,
                  })
                }
              >
                Delete all of this flow…
              </Button>
            )}
          </div>
          <RunsToolbar filter={filter} flowNames={flowNames} onChange={narrow} />
          {unknown.length > 0 && (
            <p className={styles.unknown} role="status">
              The address asks for <strong>{unknown.join(', ')}</strong>, which is no filter of
              runs. It is left out.
            </p>
          )}
          <div className={styles.fresh} role="status">
            {fresh.length > 0 && (
              <Button
                size="small"
                icon={<ArrowUp size={14} aria-hidden />}
                onClick={() => void runList.showFresh()}
              >
                {list.hasMoreFresh
                  ? `More than ${fresh.length} new runs`
                  : counted(fresh.length, 'new run')}
              </Button>
            )}
          </div>
          <RunsPlaceholder
            list={list}
            filter={filter}
            onRetry={() => void runsPageCommands.list(filter)}
          />
          <div className={styles.body} data-beside={session !== undefined || undefined}>
            <div className={styles.list}>
              {table}
              {next !== undefined && (
                <Button
                  className={styles.more}
                  isBusy={list.isLoadingMore}
                  onClick={() => void attempt(runList.loadMore)}
                >
                  Load more
                </Button>
              )}
            </div>
            {session !== undefined && runs.length > 0 && (
              <SessionView
                key={session}
                sessionId={session}
                runs={runs}
                hasEarlier={next !== undefined}
                isPart={isNarrowed({ ...filter, session: undefined })}
                now={now}
                onDelete={() =>
                  runsPageCommands.askToDelete({ kind: 'session', sessionId: session })
                }
                onClose={() => narrow({ ...filter, session: undefined })}
              />
            )}
          </div>
        </main>
        <RunsDeletion />
      </div>
      <RunsSelectionBar runs={runs.filter(({ id }) => selectedIds.has(id))} />
    </div>
  )
}

/** Each filter is a place of its own, so that *Back* takes it back. */
function narrow(filter: RunFilter): void {
  navigate(runsPath(filter))
}
