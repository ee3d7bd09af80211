import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { endOf, type TurnEnd } from '../chat/chat-store.ts'
import { TurnFigures } from '../chat/turn-figures.tsx'
import { showEvents } from '../events/show-events.ts'
import { NodeResult } from '../inspect/node-result.tsx'
import { resultParts } from '../inspect/result-parts.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { ErrorNotice } from '../run/error-notice.tsx'
import { selectIsRunning, selectIsSought, useRun } from '../run/run-store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import styles from './output-panel.module.css'
import { startPlainRun } from './start-run.ts'
import { YieldedValues } from './yielded-values.tsx'

/** What the watched run has given so far, and how it ended. */
export function RunOutput() {
  const yields = useRun(selectYields)
  const isRunning = useRun(selectIsRunning)
  const settled = useRun(selectSettledRun)
  const isReconnecting = useRun(selectIsReconnecting)
  const isSought = useRun(selectIsSought)
  return (
    <div className={styles.output}>
      {yields.length > 0 && <YieldedValues values={yields} />}
      {isSought && yields.length === 0 && settled === undefined && (
        <p className={styles.remark}>Nothing was yielded until then.</p>
      )}
      {isRunning && !isSought && yields.length === 0 && (
        <p className={styles.waiting}>
          <Spinner size={14} /> Running…
        </p>
      )}
      {isReconnecting && (
        <p className={styles.remark}>The connection was lost. Reconnecting; nothing is missed…</p>
      )}
      {settled !== undefined && <Ended run={settled} />}
    </div>
  )
}

function Ended({ run }: { readonly run: WatchedRun }) {
  const end = useMemo(() => endOf(run, Date.now()), [run])
  const { result, yields } = run.state
  const hasResult = result !== undefined && result !== null
  const parts = useMemo(() => resultParts({ result }), [result])
  const { error, outcome, runId } = end
  const title = run.document?.name ?? ''
  const remark = end.part ?? remarkOf(outcome, yields.length, hasResult)
  return (
    <>
      {hasResult && <NodeResult title={title} parts={parts} />}
      {remark !== undefined && <p className={styles.remark}>{remark}</p>}
      {error !== undefined && outcome !== 'cancelled' && (
        <ErrorNotice error={error} retry={{ since: end.endedAt, start: () => startPlainRun() }} />
      )}
      <TurnFigures end={end}>
        {runId !== undefined && (
          <IconButton label="Events of this run" onClick={() => showEvents(runId)}>
            <ScrollText size={14} aria-hidden />
          </IconButton>
        )}
      </TurnFigures>
    </>
  )
}

/** How the run ended, where what it gave does not say so itself. */
function remarkOf(
  outcome: TurnEnd['outcome'],
  count: number,
  hasResult: boolean,
): string | undefined {
  const isNothing = count === 0 && !hasResult
  switch (outcome) {
    case 'completed':
      return isNothing
        ? 'Completed without a value. A Yield return or a Return node gives the client one.'
        : 'Completed.'
    case 'cancelled':
      return isNothing ? 'Stopped.' : 'Stopped: there would have been more.'
    case 'left':
    case 'interrupted':
      return 'The end of the run was lost.'
    case 'failed':
      return isNothing ? undefined : 'Failed: what came before it stands above.'
  }
}

function selectYields({ state }: WatchedRun): readonly unknown[] {
  return state.yields
}

/** The run when it is over, also at the moment that is shown. */
function selectSettledRun(run: WatchedRun): WatchedRun | undefined {
  const isOver = run.status !== 'idle' && !selectIsRunning(run)
  return isOver && !(selectIsSought(run) && run.state.endedAt === undefined) ? run : undefined
}

function selectIsReconnecting({ isReconnecting }: WatchedRun): boolean {
  return isReconnecting
}
