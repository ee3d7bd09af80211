import { Ellipsis } from 'lucide-react'
import { memo } from 'react'
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
import { AgainLinks } from './again-links.tsx'
import { askToDelete } from './ask-to-delete.ts'
import { readInput } from './read-turn.ts'
import { recordEverythingOfOpen } from './record-everything.tsx'
import { runKeys } from './run-keys.ts'
import { originWords, traceWords } from './run-look.ts'
import { RunMenu } from './run-menu.tsx'
import { RunStateMark } from './run-state-mark.tsx'
import { lengthText, startText } from './run-times.ts'
import styles from './runs-panel.module.css'

interface RunLinesProps {
  readonly runs: readonly StoredRun[]
  readonly flowName: string
  readonly now: Date
  readonly onDelete: (run: StoredRun) => void
  readonly onChange: () => void
}

/** The runs of one flow, one in a line; the one on the canvas is marked. */
export function RunLines({ runs, flowName, now, onDelete, onChange }: RunLinesProps) {
  const shownId = useRun(selectRunId)
  const keys = runKeys(runs, { onDelete: (run) => askToDelete([run], () => onDelete(run)) })
  return (
    <table className={styles.lines} aria-label="Runs" onKeyDown={keys}>
      <thead className="visually-hidden">
        <tr>
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
      <tbody>
        {runs.map((run) => (
          <Line
            key={run.id}
            run={run}
            flowName={flowName}
            isShown={run.id === shownId}
            started={startText(run.startedAt, now)}
            took={lengthText(run, now)}
            onDelete={onDelete}
            onChange={onChange}
          />
        ))}
      </tbody>
    </table>
  )
}

interface LineProps extends Pick<RunLinesProps, 'flowName' | 'onDelete' | 'onChange'> {
  readonly run: StoredRun
  readonly isShown: boolean
  readonly started: string
  readonly took: string
}

const Line = memo(function Line({ run, flowName, isShown, started, took, ...calls }: LineProps) {
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
      <tr className={styles.line} data-shown={isShown || undefined}>
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
