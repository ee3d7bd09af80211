import { CalendarClock, CircleAlert, CircleDashed, CloudUpload, FileWarning } from 'lucide-react'
import type { FlowSummary, LastRun } from '../api/flow-list-api.ts'
import type { StoredRunState } from '../api/run-history-api.ts'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import { mainPublication, publishedWords } from '../publish/published-words.ts'
import { runLooks } from '../runs/run-look.ts'
import { counted } from '../ui/counted.ts'
import { Pill } from '../ui/pill.tsx'
import { sinceWhen, untilWhen } from '../ui/since-when.ts'
import styles from './flow-facts.module.css'

interface FlowFactsProps {
  readonly summary: FlowSummary
  readonly now: Date
  readonly className: string
}

/** How a flow stands: its last run, its size or its problems, and when it was changed. */
export function FlowFacts({ summary, now, className }: FlowFactsProps) {
  return (
    <p className={className}>
      <RunFact flowId={summary.id} run={summary.lastRun} now={now} />
      <ClockFact at={summary.startsNextAt} now={now} />
      <PublishedFact summary={summary} />
      <Size summary={summary} />
      <span>{`Saved ${sinceWhen(summary.updatedAt, now)}`}</span>
    </p>
  )
}

interface RunFactProps {
  readonly flowId: string
  readonly run: LastRun | undefined
  readonly now: Date
}

/** The way to the last run. */
function RunFact({ flowId, run, now }: RunFactProps) {
  if (run === undefined) {
    return (
      <span className={styles.run}>
        <CircleDashed size={13} aria-hidden />
        Never run
      </span>
    )
  }
  // An own key of the words is one of their keys.
  const state = Object.hasOwn(words, run.state) ? (run.state as StoredRunState) : 'interrupted'
  const { icon: Icon, tone } = runLooks[state]
  return (
    <Link href={runPath(flowId, run.id)} className={styles.run} data-tone={tone}>
      <Icon size={13} aria-hidden />
      {`${words[state]} ${sinceWhen(run.startedAt, now)}`}
    </Link>
  )
}

const words: Readonly<Record<StoredRunState, string>> = {
  completed: 'Ran',
  failed: 'Failed',
  cancelled: 'Stopped',
  interrupted: 'Interrupted',
  running: 'Running, started',
}

/** When it starts by itself; nothing where it does not. */
function ClockFact({ at, now }: { readonly at: Date | undefined; readonly now: Date }) {
  if (at === undefined) return null
  return (
    <span className={styles.clock}>
      <CalendarClock size={13} aria-hidden />
      {`Starts ${untilWhen(at, now)}`}
    </span>
  )
}

/** What clients run of it; nothing where that is nothing. */
function PublishedFact({ summary: { published } }: Pick<FlowFactsProps, 'summary'>) {
  const main = mainPublication(published)
  if (main === undefined) return null
  return (
    <span className={styles.published} data-behind={main.changes !== 0 || undefined}>
      <CloudUpload size={13} aria-hidden />
      {publishedWords(main)}
    </span>
  )
}

function Size({ summary: { status, errorCount, nodeCount } }: Pick<FlowFactsProps, 'summary'>) {
  if (status !== 'flow') {
    return (
      <span>
        <Pill tone="warning" icon={<FileWarning size={11} aria-hidden />}>
          {status === 'newer' ? 'newer version' : 'unreadable'}
        </Pill>
      </span>
    )
  }
  return (
    <span className={styles.size}>
      {counted(nodeCount, 'node')}
      {errorCount > 0 && (
        <Pill tone="error" icon={<CircleAlert size={11} aria-hidden />}>
          {counted(errorCount, 'problem')}
        </Pill>
      )}
    </span>
  )
}
