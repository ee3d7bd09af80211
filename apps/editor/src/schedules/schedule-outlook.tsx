import { readSchedule, type JsonValue } from '@millrace/flow'
import { TriangleAlert } from 'lucide-react'
import type { ServerSchedule } from '../api/schedules-api.ts'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import styles from './schedule-outlook.module.css'
import { previewSchedule, type SchedulePreview } from './schedule-preview.ts'
import { startWords, timeWords } from './start-words.ts'
import { useServerSchedule } from './use-server-schedule.ts'

/**
 * What a schedule means, below its field and what is wrong with it: when the flow starts next as it is
 * edited, and what the server starts by the clock, which goes by what is published or saved.
 */
export function ScheduleOutlook({ value }: { readonly value: JsonValue | undefined }) {
  const { flowId, server } = useServerSchedule()
  const schedule = value === undefined ? undefined : readSchedule(value)
  const preview = schedule && previewSchedule(schedule, Date.now())
  const isComing = preview?.status === 'ready' && preview.times.length > 0
  // What can start nothing is not on the clock either: then only what the server starts is news.
  const isServerTold = server !== undefined && (isComing || server.scheduled !== undefined)
  const last = server?.last
  if (!isComing && !isServerTold && last === undefined) return null
  return (
    <div className={styles.outlook}>
      {isComing && <NextRuns preview={preview} zone={schedule?.timeZone ?? 'UTC'} />}
      {isServerTold && <p role="status">{startWords(server.scheduled)}</p>}
      {last !== undefined && <LastTime flowId={flowId} last={last} />}
    </div>
  )
}

interface NextRunsProps {
  readonly preview: Extract<SchedulePreview, { readonly status: 'ready' }>
  readonly zone: string
}

function NextRuns({ preview, zone }: NextRunsProps) {
  return (
    <div>
      <p role="status" className={styles.words}>
        {preview.words}
      </p>
      <p>Next runs in {zone}</p>
      <ol aria-label="Next runs" className={styles.times}>
        {preview.times.map(({ day, time }) => (
          <li key={`${day} ${time}`}>
            <span>{day}</span> <span>{time}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

interface LastTimeProps {
  readonly flowId: string
  readonly last: NonNullable<ServerSchedule['last']>
}

function LastTime({ flowId, last }: LastTimeProps) {
  const { dueAt, error, runId } = last
  return (
    <div>
      {error !== undefined && (
        <p className={styles.skipped}>
          <TriangleAlert size={14} aria-hidden />
          <span>
            No run on {timeWords(dueAt)}: {error}
          </span>
        </p>
      )}
      {runId !== undefined && (
        <Link href={runPath(flowId, runId)} className={styles.last}>
          Show the last run by the clock
        </Link>
      )}
    </div>
  )
}
