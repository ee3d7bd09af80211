import {
  initialRunState,
  type Flow,
  type NodeState,
  type RunEvent,
  type RunState,
} from '@millrace/flow'
import type { RunError } from './explain-error.ts'
import { emptyLog, eventsUpTo, stateAt, type SeekableLog } from './seekable-log.ts'

/** Where the watched run comes from: begun in this tab, found while it went on, or read when it was over. */
export type RunSource = 'started' | 'attached' | 'stored'

/** The run that the designer shows: one started here, one that was opened, or none. */
export interface WatchedRun {
  /** How the run itself stands, whatever moment of it is shown; `state.status` is of that moment. */
  readonly status: 'idle' | 'starting' | RunState['status']
  readonly source: RunSource | undefined
  /** Another one for each start and each opening, known before the server gives a run its id. */
  readonly ref: string | undefined
  readonly runId: string | undefined
  /** The run at the moment that is shown. */
  readonly state: RunState
  /** Why the run did not start, was lost, or failed. */
  readonly error: RunError | undefined
  /** What was run; the document on the canvas may have changed since. */
  readonly document: Flow | undefined
  /** The input it was started with. */
  readonly input: unknown
  /** All that is kept of its log, and the states along it. */
  readonly log: SeekableLog
  /** The events up to the moment that is shown, as they came. */
  readonly events: readonly RunEvent[]
  /** How many events came before the first of `events`, and are not kept. */
  readonly droppedEvents: number
  /** The number of the event after which the run is shown; `undefined`: as far as it has come. */
  readonly position: number | undefined
  /** The socket dropped in the middle of the run and is being opened again. */
  readonly isReconnecting: boolean
  /** The run was asked to end, and has not ended yet. */
  readonly isStopping: boolean
}

/** No run. */
export const noRun: WatchedRun = {
  status: 'idle',
  source: undefined,
  ref: undefined,
  runId: undefined,
  state: initialRunState,
  error: undefined,
  document: undefined,
  input: undefined,
  log: emptyLog,
  events: [],
  droppedEvents: 0,
  position: undefined,
  isReconnecting: false,
  isStopping: false,
}

/** Whether a run is on its way, so that *Run* means *Stop*. */
export function selectIsRunning({ status }: WatchedRun): boolean {
  return status === 'starting' || status === 'pending' || status === 'running'
}

/** Whether the run was not started here, but is looked at. */
export function selectIsOpened({ source }: WatchedRun): boolean {
  return source === 'attached' || source === 'stored'
}

/** Whether the shown moment is not the latest one. */
export function selectIsSought({ position }: WatchedRun): boolean {
  return position !== undefined
}

/** What is shown of a log at a moment; of one that has grown, the latest with no moment. */
export function shownOf(
  log: SeekableLog,
  position: number | undefined,
  near?: RunState,
): Pick<WatchedRun, 'log' | 'state' | 'events' | 'droppedEvents' | 'position'> {
  return {
    log,
    position,
    state: position === undefined ? log.latest : stateAt(log, position, near),
    events: position === undefined ? log.events : eventsUpTo(log, position),
    droppedEvents: log.base.seq,
  }
}

/** The run after its log has grown: what it was started with is in its first event. */
export function grown(run: WatchedRun, log: SeekableLog): Partial<WatchedRun> {
  const { status, error } = log.latest
  const [first] = log.events
  const isFirst = run.log.events.length === 0 && first?.type === 'run-start'
  return {
    ...(run.position === undefined ? shownOf(log, undefined) : { log }),
    ...(isFirst && run.source !== 'started' ? { input: first.input } : {}),
    // How a run of the history ended is known before its log was read to the end.
    ...(run.source === 'stored' && log.latest.endedAt === undefined ? {} : { status, error }),
    ...(isOver(status) ? { isStopping: false } : {}),
  }
}

/** The run when it is lost to us: it is over for the canvas, and nothing of it may look running. */
export function lost(run: WatchedRun, error: RunError): Partial<WatchedRun> {
  const end = { error, isReconnecting: false, isStopping: false }
  if (run.runId === undefined) return { ...end, status: 'failed' }
  if (run.source === 'stored') return end
  const latest = interrupted(run.log.latest)
  return { ...end, status: 'interrupted', ...shownOf({ ...run.log, latest }, undefined) }
}

function isOver(status: RunState['status']): boolean {
  return status !== 'pending' && status !== 'running'
}

function interrupted(state: RunState): RunState {
  const nodes = new Map<string, NodeState>()
  for (const [nodeId, node] of state.nodes) {
    nodes.set(nodeId, node.status === 'running' ? { ...node, status: 'cancelled' } : node)
  }
  return { ...state, status: 'interrupted', nodes }
}
