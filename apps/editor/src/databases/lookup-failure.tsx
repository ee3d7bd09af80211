import { Activity, CircleAlert, RefreshCw } from 'lucide-react'
import type { ApiError } from '../api/api-error.ts'
import { connectionCommands, useConnections } from '../connections/connection-store.ts'
import { TestResult } from '../connections/test-result.tsx'
import { Button } from '../ui/button.tsx'
import styles from './lookup-failure.module.css'
import { refreshTables } from './tables.ts'

export interface LookupFailureProps {
  readonly connectionId: string
  readonly error: ApiError
}

/** Why a database could not be asked, and what can be done about it. */
export function LookupFailure({ connectionId, error }: LookupFailureProps) {
  const test = useConnections(({ tests }) => tests.get(connectionId))
  return (
    <div className={styles.failure} role="alert">
      <p className={styles.text}>
        <CircleAlert size={14} aria-hidden />
        <span>{error.message}</span>
      </p>
      <div className={styles.actions}>
        <Button
          size="small"
          icon={<RefreshCw size={13} aria-hidden />}
          onClick={() => refreshTables(connectionId)}
        >
          Try again
        </Button>
        <Button
          size="small"
          icon={<Activity size={13} aria-hidden />}
          isBusy={test?.status === 'testing'}
          onClick={() => void connectionCommands.test(connectionId)}
        >
          Test connection
        </Button>
      </div>
      {test !== undefined && test.status !== 'testing' && <TestResult test={test} />}
    </div>
  )
}
