import { Ellipsis } from 'lucide-react'
import { memo, useMemo } from 'react'
import type { StoredRun } from '../api/run-history-api.ts'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import { costText, unknownText } from '../prices/cost-text.ts'
import { useCost } from '../prices/use-cost.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { ContextMenu } from '../ui/context-menu.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { useDrawnRows, type DrawnRows } from '../ui/use-drawn-rows.ts'
import { AgainLinks } from './again-links.tsx'
import { askToDelete } from './ask-to-delete.ts'
import { runsPath, type RunFilter } from './run-filter.ts'
import { runKeys } from './run-keys.ts'
import { originWords, traceWords } from './run-look.ts'
import { RunMenu } from './run-menu.tsx'
import { allOrNothing, extended, toggled } from './run-selection.ts'
import { RunStateMark } from './run-state-mark.tsx'
import { lengthText, startText } from './run-times.ts'
import { runList, runsPageCommands, useRunsPage } from './runs-page-store.ts'
import styles from './runs-table.module.css'
import { useEarlierRuns } from './use-earlier-runs.ts'
import { useKeptPlace, useLeftPlace } from './use-kept-place.ts'

interface RunsTableProps {
  readonly runs: readonly StoredRun[]
  /** There are earlier ones, which are not listed yet. */
  readonly hasMore: boolean
  /** What scrolls the page. */
  readonly scroller: HTMLElement | null
  readonly filter: RunFilter
  /** The names of flows by their ids. */
  readonly flowNames: ReadonlyMap<string, string>
  readonly now: Date
}

/**
 * The runs of the Runs page, one in a row; in a narrow window each is a card. However many there are,
 * those in view are drawn.
 */
export function RunsTable(props: RunsTableProps) {
  const { runs, hasMore, scroller, filter, flowNames, now } = props
  const { selection } = useRunsPage()
  const path = runsPath(filter)
  const left = useLeftPlace(path)
  const rows = useDrawnRows({
    scroller,
    keys: useMemo(() => runs.map(({ id }) => id), [runs]),
    likelyHeight: (scroller?.clientWidth ?? 0) < cardsBelow ? cardHeight : rowHeight,
    heights: left?.heights,
    reached: left?.runId,
  })
  useKeptPlace(path, scroller, rows)
  useEarlierRuns(runList, rows.isEndNear)
  const isAll = runs.every(({ id }) => selection.ids.has(id))
  const hasSessions =
    filter.session === undefined && runs.some((run) => run.sessionId !== undefined)
  const hasCosts = runs.some(({ models }) => models.length > 0)
  const keys = runKeys(runs, {
    onReach: ({ id }) => rows.reach(id),
    selecting: {
      onToggle: ({ id }) => runsPageCommands.select((current) => toggled(current, id)),
      onExtend: ({ id }) => runsPageCommands.select((current) => extended(current, id, runs)),
      onSelectAll: () => runsPageCommands.select((current) => allOrNothing(current, runs)),
      onSelectNothing: runsPageCommands.selectNothing,
    },
    onDelete: (run) => askAbout(selection.ids.has(run.id) ? selectedOf(runs) : [run]),
  })
  return (
    <table
      className={styles.table}
      role="table"
      aria-label="Runs"
      aria-rowcount={hasMore ? -1 : runs.length + 1}
      data-selecting={selection.ids.size > 0 || undefined}
      onKeyDown={keys}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          <th role="columnheader" className={styles.check}>
            <Checkbox
              label="Select all runs in view"
              isOn={isAll}
              onChange={() => runsPageCommands.select((current) => allOrNothing(current, runs))}
            />
          </th>
          <th role="columnheader" className={styles.state}>
            State
          </th>
          <th role="columnheader">Flow</th>
          <th role="columnheader" className={styles.started}>
            Started
          </th>
          <th role="columnheader" className={styles.number}>
            Took
          </th>
          <th role="columnheader" className={styles.number}>
            Tokens
          </th>
          {hasCosts && (
            <th role="columnheader" className={classNames(styles.number, styles.cost)}>
              Cost
            </th>
          )}
          {hasSessions && (
            <th role="columnheader" className={styles.session}>
              Session
            </th>
          )}
          <th role="columnheader" className={styles.origin}>
            Started by
          </th>
          <th role="columnheader" className={styles.trace}>
            Recorded
          </th>
          <th role="columnheader" className={styles.menu}>
            <span className="visually-hidden">Menu</span>
          </th>
        </tr>
      </thead>
      <tbody ref={rows.body} role="rowgroup" onFocus={rows.onFocus}>
        {rows.parts.map((part) => {
          if (part.kind === 'room') {
            return <tr key={part.key} aria-hidden style={{ height: part.height }} />
          }
          const run = runs[part.index]
          return (
            run !== undefined && (
              <Row
                key={part.key}
                index={part.index}
                measure={rows.measure}
                run={run}
                flowName={flowNames.get(run.flowId) ?? run.flowId}
                isSelected={selection.ids.has(run.id)}
                hasSessions={hasSessions}
                hasCosts={hasCosts}
                started={startText(run.startedAt, now)}
                took={lengthText(run, now)}
              />
            )
          )
        })}
      </tbody>
    </table>
  )
}

/** Where the style sheet turns rows into cards, and how high either mostly is, in pixels. */
const cardsBelow = 768
const cardHeight = 109
const rowHeight = 37

interface RowProps extends Pick<DrawnRows, 'measure'> {
  readonly index: number
  readonly run: StoredRun
  readonly flowName: string
  readonly isSelected: boolean
  readonly hasSessions: boolean
  readonly hasCosts: boolean
  readonly started: string
  readonly took: string
}

const Row = memo(function Row(props: RowProps) {
  const { index, measure, run, flowName, isSelected, hasSessions, hasCosts, ...times } = props
  const { id, flowId, state, usage, sessionId, origin, environment, trace, error } = run
  const name = `${flowName}, ${times.started}`
  const starter = `${originWords[origin]}${environment === 'development' ? '' : ` in ${environment}`}`
  const menu = (
    <RunMenu
      run={run}
      flowName={flowName}
      onDelete={() => askAbout([run])}
      onChange={() => void runList.refresh().catch(() => undefined)}
    />
  )
  return (
    <ContextMenu content={menu}>
      <tr
        ref={measure}
        role="row"
        aria-rowindex={index + 2}
        className={styles.row}
        data-index={index}
        data-selected={isSelected || undefined}
      >
        <td role="cell" className={styles.check}>
          <Checkbox
            label={`Select ${name}`}
            isOn={isSelected}
            onChange={() => runsPageCommands.select((current) => toggled(current, id))}
          />
        </td>
        <td role="cell" className={styles.state}>
          <RunStateMark state={state} />
        </td>
        <td role="cell" className={styles.flow}>
          <Link
            href={runPath(flowId, id)}
            className={styles.link}
            data-run-link={id}
            aria-describedby={error === undefined ? undefined : `error-${id}`}
          >
            {flowName}
            <span className="visually-hidden">, {times.started}</span>
          </Link>
          {error !== undefined && (
            <span id={`error-${id}`} className={styles.error} title={error.message}>
              {error.message}
            </span>
          )}
          <AgainLinks run={run} />
        </td>
        <td role="cell" className={styles.started}>
          <time dateTime={run.startedAt.toISOString()} title={run.startedAt.toISOString()}>
            {times.started}
          </time>
        </td>
        <td role="cell" className={styles.number} data-label="Took">
          {times.took}
        </td>
        <td role="cell" className={styles.number} data-label="Tokens">
          {usage === null ? (
            <None />
          ) : (
            <span title={`${usage.inputTokens} read, ${usage.outputTokens} written`}>
              {usage.totalTokens.toLocaleString('en')}
            </span>
          )}
        </td>
        {hasCosts && (
          <td role="cell" className={classNames(styles.number, styles.cost)} data-label="Cost">
            <RunCost models={run.models} />
          </td>
        )}
        {hasSessions && (
          <td role="cell" className={styles.session} data-label="Session">
            {sessionId === undefined ? (
              <None />
            ) : (
              <Link href={runsPath({ session: sessionId })} title={sessionId}>
                {sessionId}
              </Link>
            )}
          </td>
        )}
        <td role="cell" className={styles.origin} data-label="Started by" title={starter}>
          {starter}
        </td>
        <td role="cell" className={styles.trace} data-label="Recorded">
          {traceWords[trace]}
        </td>
        <td role="cell" className={styles.menu}>
          <Menu
            trigger={
              <IconButton label={`More for ${name}`}>
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            {menu}
          </Menu>
        </td>
      </tr>
    </ContextMenu>
  )
})

function RunCost({ models }: Pick<StoredRun, 'models'>) {
  const cost = useCost(models)
  if (cost === undefined) return <None />
  return <span title={unknownText(cost) || undefined}>{costText(cost)}</span>
}

function None() {
  return (
    <span className={styles.none}>
      <span aria-hidden>–</span>
      <span className="visually-hidden">none</span>
    </span>
  )
}

function selectedOf(runs: readonly StoredRun[]): readonly StoredRun[] {
  const { ids } = useRunsPage.getState().selection
  return runs.filter(({ id }) => ids.has(id))
}

function askAbout(runs: readonly StoredRun[]): void {
  askToDelete(runs, (ended) => runsPageCommands.askToDelete({ kind: 'runs', runs: ended }))
}
