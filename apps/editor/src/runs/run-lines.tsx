import { Ellipsis } from 'lucide-react'
import { memo, useCallback, useMemo } from 'react'
import type { StoredRun } from '../api/run-history-api.ts'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { sessionCommands } from '../session/session-store.ts'
import { testsCommands } from '../tests/tests-commands.ts'
import { testName } from '../tests/test-name.ts'
import { ContextMenu } from '../ui/context-menu.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { useDrawnRows, type DrawnRows } from '../ui/use-drawn-rows.ts'
import { AgainLinks } from './again-links.tsx'
import { askToDelete } from './ask-to-delete.ts'
import type { RunList } from './create-run-list.ts'
import { readInput } from './read-turn.ts'
import { recordEverythingOfOpen } from './record-everything.tsx'
import { runKeys } from './run-keys.ts'
import { originWords, traceWords } from './run-look.ts'
import { RunMenu } from './run-menu.tsx'
import { RunStateMark } from './run-state-mark.tsx'
import { lengthText, startText } from './run-times.ts'
import styles from './runs-panel.module.css'
import { useEarlierRuns } from './use-earlier-runs.ts'

interface RunLinesProps {
  /** From which they come. */
  readonly list: RunList
  readonly runs: readonly StoredRun[]
  /** There are earlier ones, which are not listed yet. */
  readonly hasMore: boolean
  /** What scrolls them. */
  readonly scroller: HTMLElement | null
  readonly flowName: string
  readonly now: Date
  readonly onDelete: (run: StoredRun) => void
}

/** The height of a line in pixels, as the style sheet has it; an error that is read is higher. */
const lineHeight = 30

/** The runs of one flow, one in a line; the one on the canvas is marked. Those in view are drawn. */
export function RunLines(props: RunLinesProps) {
  const { list, runs, hasMore, scroller, flowName, now, onDelete } = props
  const shownId = useRun(selectRunId)
  const rows = useDrawnRows({
    scroller,
    keys: useMemo(() => runs.map(({ id }) => id), [runs]),
    likelyHeight: lineHeight,
  })
  useEarlierRuns(list, rows.isEndNear)
  const onChange = useCallback(() => void list.refresh().catch(() => undefined), [list])
  const keys = runKeys(runs, {
    onReach: ({ id }) => rows.reach(id),
    onDelete: (run) => askToDelete([run], () => onDelete(run)),
  })
  return (
    <table
      className={styles.lines}
      aria-label="Runs"
      aria-rowcount={hasMore ? -1 : runs.length + 1}
      onKeyDown={keys}
    >
      <thead className="visually-hidden">
        <tr aria-rowindex={1}>
          <th>State</th>
          <th>Started</th>
          <th>Took</th>
          <th>Tokens</th>
          <th>Started by</th>
          <th>Recorded</th>
          <th>How it ended</th>
          <th>Menu</th>
        </tr>
      </thead>
      <tbody ref={rows.body} onFocus={rows.onFocus}>
        {rows.parts.map((part) => {
          if (part.kind === 'room') {
            return <tr key={part.key} aria-hidden style={{ height: part.height }} />
          }
          const run = runs[part.index]
          return (
            run !== undefined && (
              <Line
                key={part.key}
                index={part.index}
                measure={rows.measure}
                run={run}
                flowName={flowName}
                isShown={run.id === shownId}
                started={startText(run.startedAt, now)}
                took={lengthText(run, now)}
                onDelete={onDelete}
                onChange={onChange}
              />
            )
          )
        })}
      </tbody>
    </table>
  )
}

interface LineProps
  extends Pick<RunLinesProps, 'flowName' | 'onDelete'>, Pick<DrawnRows, 'measure'> {
  readonly index: number
  readonly onChange: () => void
  readonly run: StoredRun
  readonly isShown: boolean
  readonly started: string
  readonly took: string
}

const Line = memo(function Line(props: LineProps) {
  const { index, measure, run, flowName, isShown, started, took, ...calls } = props
  const { id, flowId, state, usage, origin, trace, error } = run
  const menu = (
    <RunMenu
      run={run}
      flowName={flowName}
      onDelete={() => calls.onDelete(run)}
      onChange={calls.onChange}
      ofOpenFlow={{
        makeTest: (ended) => makeTest(ended, flowName),
        recordEverything: recordEverythingOfOpen,
      }}
    />
  )
  return (
    <ContextMenu content={menu}>
      <tr
        ref={measure}
        aria-rowindex={index + 2}
        className={styles.line}
        data-index={index}
        data-shown={isShown || undefined}
      >
        <td>
          <RunStateMark state={state} />
        </td>
        <td className={styles.number}>
          <Link
            href={runPath(flowId, id)}
            className={styles.link}
            data-run-link={id}
            aria-current={isShown || undefined}
            aria-describedby={error === undefined ? undefined : `line-error-${id}`}
          >
            {started}
          </Link>
        </td>
        <td className={styles.number}>{took}</td>
        <td className={styles.number}>
          {usage === null ? '' : `${usage.totalTokens.toLocaleString('en')} tokens`}
        </td>
        <td className={styles.quiet}>{originWords[origin]}</td>
        <td className={styles.quiet}>{traceWords[trace]}</td>
        <td className={styles.end}>
          {error !== undefined && (
            <span id={`line-error-${id}`} className={styles.error} title={error.message}>
              {error.message}
            </span>
          )}
          <AgainLinks run={run} />
        </td>
        <td className={styles.menu}>
          <Menu
            trigger={
              <IconButton label={`More for the run of ${started}`}>
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

/** Makes a test of a run of the open flow, and shows how it goes. */
async function makeTest({ id }: StoredRun, flowName: string): Promise<void> {
  const input = await readInput(id, new AbortController().signal)
  await testsCommands.load()
  await testsCommands.addRun(id, testName(input, flowName))
  sessionCommands.openBottomPanel('tests')
}

function selectRunId({ runId }: WatchedRun): string | undefined {
  return runId
}
