import { isRecord, readValue, type JsonValue } from '@millrace/flow'
import { useMemo, useState } from 'react'
import { answerOf } from '@millrace/chat-view/answer'
import { AnswerView } from '@millrace/chat-view/answer-view'
import { ValueGrid } from '../inspect/value-grid.tsx'
import { openText } from '../inspect/value-text.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import styles from './output-panel.module.css'
import { streamsText, yieldView } from './yield-view.ts'

/** At most so many values are drawn; the latest are the ones that matter while they come. */
const maxShown = 200

/** What a run yields, as it comes: one text that grows, the rows of a table, or a list of values. */
export function YieldedValues({ values }: { readonly values: readonly unknown[] }) {
  const isRunning = useRun(selectIsRunning)
  const isStream = useRun(selectIsStream)
  const [chosen, setChosen] = useState<'text' | 'values'>()
  const hidden = Math.max(0, values.length - maxShown)
  const shown = useMemo(() => values.slice(hidden), [values, hidden])
  const view = yieldView(shown)
  const isText = view === 'text' && (chosen ?? (isStream ? 'text' : 'values')) === 'text'
  return (
    <section aria-label="Yielded values">
      <div className={styles.head}>
        <h3>Yielded</h3>
        <span className={styles.count}>
          {values.length.toLocaleString('en')} {values.length === 1 ? 'value' : 'values'}
        </span>
        {view === 'text' && (
          <Button
            size="small"
            variant="quiet"
            onClick={() => setChosen(isText ? 'values' : 'text')}
          >
            {isText ? 'Show each value' : 'Show as one text'}
          </Button>
        )}
        <CopyButton
          label="Copy the values"
          text={() => (isText ? textOf(values) : JSON.stringify(values, null, 2))}
        />
      </div>
      {isText ? (
        <AnswerView answer={answerOf(values, null)} isStreaming={isRunning} />
      ) : (
        <>
          {hidden > 0 && (
            <p className={styles.earlier}>
              {hidden.toLocaleString('en')} earlier {hidden === 1 ? 'value is' : 'values are'} not
              shown
            </p>
          )}
          {view === 'rows' ? (
            <Rows values={shown} />
          ) : (
            <ValueList values={shown} first={hidden + 1} />
          )}
        </>
      )}
    </section>
  )
}

function selectIsStream({ document }: WatchedRun): boolean {
  return document !== undefined && streamsText(document)
}

function textOf(values: readonly unknown[]): string {
  return values
    .map(readValue)
    .map((read) => (read.kind === 'text' ? read.text : ''))
    .join('')
}

function Rows({ values }: { readonly values: readonly unknown[] }) {
  const { columns, rows } = useMemo(() => {
    const records = values.filter(isRecord)
    const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
    return {
      columns: names.map((name) => ({ name })),
      rows: records.map((record) => names.map((name) => (record[name] ?? null) as JsonValue)), // an event's values are JSON
    }
  }, [values])
  return <ValueGrid label="Yielded values" columns={columns} rows={rows} />
}

interface ValueListProps {
  readonly values: readonly unknown[]
  /** The number of the first of them. */
  readonly first: number
}

function ValueList({ values, first }: ValueListProps) {
  return (
    <ol className={styles.values} start={first}>
      {values.map((value, index) => (
        // Values are only ever added at the end.
        <li key={first + index} className={styles.value}>
          <span className={styles.number} aria-hidden>
            {first + index}
          </span>
          {typeof value === 'string' ? (
            <span className={styles.text}>{value}</span>
          ) : (
            <pre className={styles.json}>{openText(value ?? null)}</pre>
          )}
        </li>
      ))}
    </ol>
  )
}
