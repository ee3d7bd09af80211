import type { StoredRun } from '../api/run-history-api.ts'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import styles from './again-links.module.css'

interface AgainLinksProps {
  readonly run: Pick<StoredRun, 'flowId' | 'againRunId' | 'ranAgainAs'>
}

/** From a run to the one that it runs again, and to the latest that runs it again. */
export function AgainLinks({ run: { flowId, againRunId, ranAgainAs } }: AgainLinksProps) {
  return (
    <>
      {againRunId !== undefined && (
        <Link href={runPath(flowId, againRunId)} className={styles.link}>
          Runs an earlier one again
        </Link>
      )}
      {ranAgainAs !== undefined && (
        <Link href={runPath(flowId, ranAgainAs)} className={styles.link}>
          Was run again
        </Link>
      )}
    </>
  )
}
