import type { Query, QueryResult } from '../api/databases-api.ts'
import { ValueGrid } from '../inspect/value-grid.tsx'
import { TrialFailure, TrialSection, type TrialControls } from '../trials/trial-section.tsx'
import type { TrialState } from '../trials/use-trial.ts'
import { counted } from '../ui/counted.ts'
import styles from './sql-dialog.module.css'

/** A statement as it was tried, and where. */
export interface TriedQuery extends Pick<Query, 'statement' | 'parameters'> {
  readonly connectionId: string
}

export interface TestRunProps extends TrialControls {
  readonly trial: TrialState<TriedQuery, QueryResult>
}

/** Tries a statement, and shows what came of it. */
export function TestRun({ trial, ...controls }: TestRunProps) {
  const isRunning = trial.status === 'running'
  return (
    <TrialSection
      {...controls}
      title="Test run"
      note="With the test values. Whatever it changes is undone."
      isRunning={isRunning}
    >
      <div role="status" aria-busy={isRunning}>
        {isRunning && <p className={styles.outcome}>The database is at it…</p>}
        {trial.status === 'done' && <p className={styles.outcome}>{outcomeOf(trial.outcome)}</p>}
      </div>
      {trial.status === 'failed' && <TrialFailure message={trial.error.message} />}
      {trial.status === 'done' && trial.outcome.rows.length > 0 && (
        <ValueGrid label="Result" columns={trial.outcome.columns} rows={trial.outcome.rows} />
      )}
    </TrialSection>
  )
}

function outcomeOf({ columns, rows, affected, isCut, ms }: QueryResult): string {
  const time = `${Math.round(ms).toLocaleString('en')} ms`
  if (columns.length === 0) return `${counted(affected, 'row')} affected, and undone · ${time}`
  const cut = isCut ? ' · cut: there are more than a test run shows' : ''
  return `${counted(rows.length, 'row')} · ${time}${cut}`
}
