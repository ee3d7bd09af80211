import { useEffect, useState } from 'react'
import { readServerSchedule, type ServerSchedule } from '../api/schedules-api.ts'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import styles from './schedule-control.module.css'

/** What the server does by the clock: it goes by what is published or saved, not by what is edited. */
export function ScheduleStatus() {
  const flowId = useDocument(selectId)
  const revision = useDocument(selectRevision)
  const [found, setFound] = useState<ServerSchedule>()
  useEffect(() => {
    const leaving = new AbortController()
    readServerSchedule(flowId, leaving.signal).then(setFound, () => setFound(undefined))
    return () => leaving.abort()
  }, [flowId, revision])
  if (found === undefined) return null
  const { scheduled, last } = found
  return (
    <div className={styles.status}>
      <p role="status">{wordsOf(scheduled)}</p>
      {last?.error !== undefined && (
        <p className={styles.wrong}>
          {timeOf(last.dueAt)} was skipped: {last.error}
        </p>
      )}
      {last?.runId !== undefined && (
        <p>
          <Link href={runPath(flowId, last.runId)}>Last run by the clock</Link>
        </p>
      )}
    </div>
  )
}

function wordsOf(scheduled: ServerSchedule['scheduled']): string {
  if (scheduled === undefined) {
    return 'The clock starts nothing of this flow yet: it goes by what is published to production, and on a server without a password by what is saved.'
  }
  const what =
    scheduled.environment === 'production' ? 'What is published to production' : 'What is saved'
  return scheduled.nextAt === undefined
    ? `${what} never starts.`
    : `${what} starts next on ${timeOf(scheduled.nextAt)}, your time.`
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

function timeOf(date: Date): string {
  return format.format(date)
}

function selectId({ flow }: DocumentState): string {
  return flow.id
}

function selectRevision({ revision }: DocumentState): DocumentState['revision'] {
  return revision
}
