import { isRecord, readValue, type JsonValue } from '@millrace/flow'
import { useMemo, useState } from 'react'
import { answerOf } from '../chat/answer.ts'
import { AnswerView } from '../chat/answer-view.tsx'
import { ValueGrid } from '../inspect/value-grid.tsx'
import { openText, textOfValue } from '../inspect/value-text.ts'
import type { WatchedRun } from '../run/create-run-store.ts'
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
  const view = yieldView(values.slice(-maxShown))
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
      ) : view === 'rows' ? (
        <Rows values={values} />
      ) : (
        <ValueList values={values} />
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
    const records = values.slice(-maxShown).filter(isRecord)
    const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
    return {
      columns: names.map((name) => ({ name })),
      rows: records.map((record) => names.map((name) => (record[name] ?? null) as JsonValue)), // an event's values are JSON
    }
  }, [values])
  return <ValueGrid label="Yielded values" columns={columns} rows={rows} />
}

function ValueList({ values }: { readonly values: readonly unknown[] }) {
  const hidden = Math.max(0, values.length - maxShown)
  return (
    <ol className={styles.values}>
      {hidden > 0 && (
        <li className={styles.earlier}>
          {hidden.toLocaleString('en')} earlier {hidden === 1 ? 'value' : 'values'}
        </li>
      )}
      {values.slice(hidden).map((value, index) => (
        // Values are only ever added at the end.
        <li key={hidden + index} className={styles.value}>
          <span className={styles.number} aria-hidden>
            {hidden + index + 1}
          </span>
          {typeof value === 'string' ? (
            <span className={styles.text}>{value}</span>
          ) : (
            <pre className={styles.json}>
              {isRecord(value) ? openText(value) : textOfValue(value) || 'null'}
            </pre>
          )}
        </li>
      ))}
    </ol>
  )
}
