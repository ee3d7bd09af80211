import {
  CircleAlert,
  CircleCheck,
  CircleStop,
  CircleX,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react'
import type { TraceLevel } from '@millrace/flow'
import type { RunOrigin, StoredRunState } from '../api/run-history-api.ts'

/** How a state of a run is shown: in a word, a picture and a colour. */
export interface RunLook {
  readonly icon: LucideIcon
  readonly word: string
  readonly tone: 'ok' | 'error' | 'warning' | 'running' | 'neutral'
}

export const runLooks: Readonly<Record<StoredRunState, RunLook>> = {
  running: { icon: LoaderCircle, word: 'Running', tone: 'running' },
  completed: { icon: CircleCheck, word: 'Completed', tone: 'ok' },
  failed: { icon: CircleX, word: 'Failed', tone: 'error' },
  cancelled: { icon: CircleStop, word: 'Stopped', tone: 'neutral' },
  interrupted: { icon: CircleAlert, word: 'Interrupted', tone: 'warning' },
}

/** Who started a run, in a word. */
export const originWords: Readonly<Record<RunOrigin, string>> = {
  designer: 'Designer',
  client: 'Client',
  flow: 'Another flow',
  schedule: 'Clock',
}

/** What was recorded of a run, in a word. */
export const traceWords: Readonly<Record<TraceLevel, string>> = {
  summary: 'Summary',
  fullOnFailure: 'More, if it fails',
  full: 'Everything',
}
