import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleStop,
  CircleX,
  FileWarning,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react'
import type { FlowSummary, LastRun } from '../api/flows-api.ts'
import { counted } from '../ui/counted.ts'
import { Pill } from '../ui/pill.tsx'
import { sinceWhen } from '../ui/since-when.ts'
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
      <RunFact run={summary.lastRun} now={now} />
      <Size summary={summary} />
      <span>{`Saved ${sinceWhen(summary.updatedAt, now)}`}</span>
    </p>
  )
}

interface RunFactProps {
  readonly run: LastRun | undefined
  readonly now: Date
}

function RunFact({ run, now }: RunFactProps) {
  const { icon: Icon, word, tone } = looks[run?.state ?? ''] ?? neverRun
  return (
    <span className={styles.run} data-tone={tone}>
      <Icon size={13} aria-hidden />
      {run === undefined ? word : `${word} ${sinceWhen(run.startedAt, now)}`}
    </span>
  )
}

interface RunLook {
  readonly icon: LucideIcon
  readonly word: string
  readonly tone?: 'ok' | 'error' | 'warning' | 'running'
}

const neverRun: RunLook = { icon: CircleDashed, word: 'Never run' }

const looks: Readonly<Record<string, RunLook>> = {
  completed: { icon: CircleCheck, word: 'Ran', tone: 'ok' },
  failed: { icon: CircleX, word: 'Failed', tone: 'error' },
  cancelled: { icon: CircleStop, word: 'Stopped' },
  interrupted: { icon: CircleAlert, word: 'Interrupted', tone: 'warning' },
  running: { icon: LoaderCircle, word: 'Running, started', tone: 'running' },
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
