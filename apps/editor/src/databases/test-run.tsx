import { CircleAlert, CircleStop, Play } from 'lucide-react'
import type { QueryResult } from '../api/databases-api.ts'
import { ValueGrid } from '../inspect/value-grid.tsx'
import { Button } from '../ui/button.tsx'
import styles from './sql-dialog.module.css'
import type { TestRunState } from './use-test-run.ts'

export interface TestRunProps {
  readonly run: TestRunState
  readonly canRun: boolean
  readonly onRun: () => void
  readonly onStop: () => void
}

/** Tries a statement, and shows what came of it. */
export function TestRun({ run, canRun, onRun, onStop }: TestRunProps) {
  const isRunning = run.status === 'running'
  return (
    <section className={styles.section} aria-label="Test run">
      <div className={styles.bar}>
        <h3 className={styles.heading}>Test run</h3>
        <span className={styles.promise}>With the test values. Whatever it changes is undone.</span>
        {isRunning ? (
          <Button size="small" icon={<CircleStop size={13} aria-hidden />} onClick={onStop}>
            Stop
          </Button>
        ) : (
          <Button
            size="small"
            icon={<Play size={13} aria-hidden />}
            shortcut="Ctrl+Enter"
            disabled={!canRun}
            onClick={onRun}
          >
            Run
          </Button>
        )}
      </div>
      <div role="status" aria-busy={isRunning}>
        {isRunning && <p className={styles.outcome}>The database is at it…</p>}
        {run.status === 'done' && <p className={styles.outcome}>{outcomeOf(run.result)}</p>}
      </div>
      {run.status === 'failed' && (
        <p className={styles.failure} role="alert">
          <CircleAlert size={14} aria-hidden />
          <span>{run.error.message}</span>
        </p>
      )}
      {run.status === 'done' && run.result.rows.length > 0 && (
        <ValueGrid label="Result" columns={run.result.columns} rows={run.result.rows} />
      )}
    </section>
  )
}

function outcomeOf({ columns, rows, affected, isCut, ms }: QueryResult): string {
  const time = `${Math.round(ms).toLocaleString('en')} ms`
  if (columns.length === 0) return `${counted(affected, 'row')} affected, and undone · ${time}`
  const cut = isCut ? ' · cut: there are more than a test run shows' : ''
  return `${counted(rows.length, 'row')} · ${time}${cut}`
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
