import { CircleAlert, CircleCheck } from 'lucide-react'
import { Spinner } from '../ui/spinner.tsx'
import type { TestState } from './connection-store.ts'
import styles from './test-result.module.css'

/** What came of trying a connection: how long it took, or what went wrong and what to do. */
export function TestResult({ test }: { readonly test: TestState }) {
  switch (test.status) {
    case 'testing':
      return (
        <p className={styles.result} role="status">
          <Spinner size={14} /> Trying the connection…
        </p>
      )
    case 'failed':
      return <Failure message={test.error.message} />
    case 'tested':
      if (!test.result.ok) return <Failure message={test.result.message} />
      return (
        <p className={styles.result} data-tone="ok" role="status">
          <CircleCheck size={14} aria-hidden />
          <span>{test.result.message || 'It works.'}</span>
        </p>
      )
  }
}

function Failure({ message }: { readonly message: string }) {
  return (
    <p className={styles.result} data-tone="error" role="alert">
      <CircleAlert size={14} aria-hidden />
      <span>{message}</span>
    </p>
  )
}
