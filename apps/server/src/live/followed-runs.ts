import { FlowError, runStateToJson, toFlowError, type RunView } from '@millrace/flow'
import { followRun } from '@millrace/engine'
import type { WebSocket } from 'ws'
import type { ActiveRuns } from '../runs/active-runs.ts'
import type { Readers } from '../runs/readers.ts'
import { snapshotOf } from '../runs/run-snapshot.ts'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import type { ServerFrame } from './live-frames.ts'
import { createLiveSink } from './live-sink.ts'

/** How much one socket takes; an operator may choose. */
export interface LimitsOfSockets {
  /** How many runs a socket follows at one time. */
  readonly followedRuns: number
}

/** What one socket follows of which run. */
interface Following {
  readonly runId: string
  /** The number of the last event that the client has. */
  readonly after: number
  readonly view: RunView
  /** Everything is recorded for as long as the run is followed. */
  readonly watch: boolean
}

/** The runs that one socket follows. */
export interface FollowedRuns {
  /** Throws `limit_exceeded` when there is no room for one more. */
  expectRoom(): void
  /** Keeps room for a run that is on its way. */
  reserve<T>(starting: () => Promise<T>): Promise<T>
  /**
   * Resolves when the run or the socket ended. Where events are no longer kept, it sends what is known
   * of the run instead, then the rest. One that is followed already can be watched from now on, and no
   * more. Throws `not_found`, `limit_exceeded`, `conflict`.
   */
  follow(following: Following): Promise<void>
}

interface Options {
  readonly socket: WebSocket
  readonly runs: Pick<ActiveRuns, 'raiseTrace'>
  readonly log: StoredRunLog
  readonly readers: Readers
  /** Aborted when the socket has closed. */
  readonly left: AbortSignal
  readonly send: (frame: ServerFrame) => void
  readonly limits: LimitsOfSockets
}

/** How the log calls whoever asked for everything, as long as designers have no names. */
const watcher = 'a designer'

export function createFollowedRuns(options: Options): FollowedRuns {
  const { socket, runs, log, readers, left, send } = options
  const { followedRuns: max } = options.limits
  /** By the run: what ends its being recorded in full, if this socket asked for that. */
  const followed = new Map<string, (() => void) | undefined>()
  /** Runs on their way to be followed. */
  let starting = 0

  function expectRoom(): void {
    if (followed.size + starting < max) return
    throw new FlowError('limit_exceeded', `One socket follows at most ${max} runs. Open another.`, {
      details: { limit: 'followedRuns', max },
    })
  }

  async function sendRest({ runId, after, view }: Omit<Following, 'watch'>): Promise<void> {
    const sink = createLiveSink(socket, { runId, view })
    try {
      await followRun(log, { runId, after, sink, signal: left })
    } catch (error) {
      if (toFlowError(error).code !== 'resume_gap') throw error
      const state = await snapshotOf(log, { runId, view })
      send({ type: 'snapshot', runId, seq: state.seq, state: runStateToJson(state) })
      await sendRest({ runId, after: state.seq, view })
    }
  }

  return {
    expectRoom,
    async reserve(start) {
      expectRoom()
      starting += 1
      try {
        return await start()
      } finally {
        starting -= 1
      }
    },
    async follow({ watch, ...following }) {
      const { runId, view } = following
      const raise = () => (watch ? runs.raiseTrace(runId, watcher) : undefined)
      if (followed.has(runId)) {
        if (!watch || followed.get(runId) !== undefined) throw alreadyFollowed(runId)
        followed.set(runId, raise())
        return
      }
      expectRoom()
      const leave = readers.enter(runId, view)
      followed.set(runId, raise())
      try {
        await sendRest(following)
      } finally {
        followed.get(runId)?.()
        followed.delete(runId)
        leave()
      }
    },
  }
}

function alreadyFollowed(runId: string): FlowError {
  return new FlowError(
    'conflict',
    `This socket follows run "${runId}" already, and is sent each of its events once. Attach on another socket to read it from elsewhere.`,
  )
}
