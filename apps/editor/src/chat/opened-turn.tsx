import { isRecord } from '@millrace/flow'
import { useMemo } from 'react'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import chatStyles from './chat-preview.module.css'
import { endOf } from './chat-store.ts'
import questionStyles from './question.module.css'
import { Scroller } from '@millrace/chat-view/scroller'
import { EndedAnswer, LiveAnswer } from './turn-view.tsx'
import styles from './turn-view.module.css'

/** The one question of a run that was opened, with its answer as far as the moment that is shown. */
export function OpenedTurn() {
  const prompt = useRun(selectPrompt)
  const ended = useRun(selectEnded)
  const end = useMemo(
    () => (ended === undefined ? undefined : endOf(ended, ended.log.latest.endedAt ?? 0)),
    [ended],
  )
  return (
    <Scroller label="Question and answer" follow={undefined}>
      <ol className={chatStyles.turns}>
        <li className={styles.turn}>
          {prompt !== undefined && (
            <div className={questionStyles.row}>
              <div className={questionStyles.question}>
                <span className="visually-hidden">Client: </span>
                {prompt}
              </div>
            </div>
          )}
          <div className={styles.answer} data-testid="answer">
            <span className="visually-hidden">Flow: </span>
            {end === undefined ? <LiveAnswer /> : <EndedAnswer end={end} />}
          </div>
        </li>
      </ol>
    </Scroller>
  )
}

function selectPrompt({ input }: WatchedRun): string | undefined {
  const prompt = isRecord(input) ? input['prompt'] : undefined
  return typeof prompt === 'string' ? prompt : undefined
}

/** The run when it is over and its end is shown. */
function selectEnded(run: WatchedRun): WatchedRun | undefined {
  return selectIsRunning(run) || run.state.endedAt === undefined ? undefined : run
}
