import type { RunEvent } from '@millrace/flow'
import type { WatchedRun } from '../run/watched-run.ts'
import { counted } from '../ui/counted.ts'
import type { RanDocument } from './opened-run.ts'

export interface RemarkedRun {
  readonly ran: RanDocument
  readonly view: 'ran' | 'now'
  readonly droppedEvents: number
  /** The first event that is known. */
  readonly first: RunEvent | undefined
  readonly status: WatchedRun['status']
  /** Why its log could not be read to the end. */
  readonly failure: string | undefined
}

/** What has to be known of a run that is looked at, so that nobody takes what is shown for more than it is. */
export function remarksOf(run: RemarkedRun): readonly string[] {
  const { ran, view, droppedEvents, first, status, failure } = run
  return [
    ...(failure === undefined ? [] : [`Its log cannot be read to the end. ${failure}`]),
    ...(status === 'interrupted' && failure === undefined
      ? ['The server stopped while it ran. Of its last moments something may be missing.']
      : []),
    ...(ran.kind === 'lost'
      ? ['What it ran is no longer kept, so it is shown on the flow as it is now.']
      : []),
    ...(ran.kind === 'other'
      ? [
          view === 'ran'
            ? 'The flow has changed since: this is what ran, to be looked at.'
            : 'The flow has changed since: what is no longer there shows nothing of the run.',
        ]
      : []),
    ...(ran.kind === 'gone'
      ? [`“${ran.flow.name}” was deleted since: this is what ran, to be looked at.`]
      : []),
    ...(droppedEvents > 0
      ? [`Its first ${counted(droppedEvents, 'event')} are no longer kept.`]
      : []),
    ...(first?.type === 'run-start' && first.trace !== 'full'
      ? [
          status === 'running'
            ? 'Values and texts are recorded since you watch it, none before.'
            : 'It recorded no values and texts, unless somebody watched.',
        ]
      : []),
  ]
}
