import type { ConnectionTest } from '@millrace/nodes'
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Spinner } from '../ui/spinner.tsx'
import type { TestState } from './connection-store.ts'
import styles from './test-result.module.css'

interface TestResultProps {
  readonly test: TestState
  /** Puts a better value into a field; without it the remedy is only told. */
  readonly onSuggestion?: (suggestion: Suggestion) => void
}

type Suggestion = NonNullable<ConnectionTest['details']['suggestion']>

/** What came of trying a connection: what answered and what it offers, or what went wrong and what to do. */
export function TestResult({ test, onSuggestion }: TestResultProps) {
  switch (test.status) {
    case 'testing':
      return (
        <div className={styles.result} role="status">
          <p className={styles.head}>
            <Spinner size={14} /> Trying the connection…
          </p>
        </div>
      )
    case 'failed':
      return <Failure summary="It could not be tested" message={test.error.message} />
    case 'tested': {
      const { ok, message, details } = test.result
      if (ok) return <Success details={details} />
      const { summary, suggestion } = details
      return (
        <Failure summary={summary} message={message}>
          {suggestion !== undefined && onSuggestion !== undefined && (
            <Button size="small" onClick={() => onSuggestion(suggestion)}>
              Use {suggestion.value}
            </Button>
          )}
        </Failure>
      )
    }
  }
}

interface FailureProps {
  readonly summary: string
  readonly message: string
  readonly children?: React.ReactNode
}

function Failure({ summary, message, children }: FailureProps) {
  return (
    <div className={styles.result} data-tone="error" role="alert">
      <p className={styles.head}>
        <CircleAlert size={14} aria-hidden />
        <strong>{summary}</strong>
      </p>
      <p className={styles.text}>{message}</p>
      {children}
    </div>
  )
}

function Success({ details }: { readonly details: ConnectionTest['details'] }) {
  const { summary, latencyMs, server, warning, models = 0, modelIds = [], findings = [] } = details
  return (
    <div
      className={styles.result}
      data-tone={warning === undefined ? 'ok' : 'warning'}
      role="status"
    >
      <p className={styles.head}>
        {warning === undefined ? (
          <CircleCheck size={14} aria-hidden />
        ) : (
          <TriangleAlert size={14} aria-hidden />
        )}
        <strong>{summary}</strong>
        {latencyMs !== undefined && <span className={styles.fact}>{latencyMs} ms</span>}
        {server !== undefined && <span className={styles.fact}>{server}</span>}
      </p>
      {warning !== undefined && <p className={styles.text}>{warning}</p>}
      {findings.length > 0 && (
        <dl className={styles.findings}>
          {findings.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {modelIds.length > 0 && <Models ids={modelIds} count={models} />}
    </div>
  )
}

/** So many are named at first. */
const named = 3

function Models({ ids, count }: { readonly ids: readonly string[]; readonly count: number }) {
  const some = ids.slice(0, named).join(', ')
  const title = counted(count, 'model')
  if (count <= named) {
    return (
      <p className={styles.text}>
        {title}: {some}
      </p>
    )
  }
  return (
    <details className={styles.models}>
      <summary>
        {title}: {some}, …
      </summary>
      {/* It scrolls, so keys must reach it. */}
      <ul tabIndex={0} aria-label={title}>
        {ids.map((model) => (
          <li key={model}>{model}</li>
        ))}
      </ul>
    </details>
  )
}
