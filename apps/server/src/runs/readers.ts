import type { FlowSettings, RunView } from '@millrace/flow'
import type { RunOrigin } from './run-record.ts'

/** What happens to a run when its last reader leaves. */
export type DisconnectPolicy = NonNullable<FlowSettings['onDisconnect']>

/** Whose run it is: it is theirs to keep alive. */
export type RunOwner = Exclude<RunOrigin, 'flow'>

/** How a run is looked after. */
export interface CareOptions {
  /** Or a question, asked when the last has left: whether there is something to stop then. */
  readonly policy: DisconnectPolicy | (() => Promise<boolean>)
  readonly owner: RunOwner
}

/**
 * Knows who reads which run, over all transports, and stops a run that everybody left, as its flow
 * wishes. A client's run is kept alive by those who read it as clients do: a designer who looks on
 * neither keeps it running for nobody nor ends it by closing a tab. A designer's own counts them all.
 */
export interface Readers {
  /** Looks after a run until it ends. */
  watch(run: WatchedRun, options: CareOptions): void
  /** A reader arrives; the answer is called once when it leaves. */
  enter(runId: string, view: RunView): () => void
}

/** What the policy needs of a run. */
interface WatchedRun {
  readonly id: string
  readonly end: Promise<unknown>
  stop(reason: 'disconnect'): Promise<unknown>
}

interface Watched extends CareOptions {
  readonly run: WatchedRun
  readers: number
  /** Ends the wait for somebody to come back. */
  cancelWait: () => void
}

/** How long a run with the policy `grace` waits for somebody to come back. */
const graceMs = 30_000

/** Calls back after some milliseconds; the answer cancels that. */
export type Schedule = (callback: () => void, ms: number) => () => void

/** A run that nobody ever read, one in the background say, is left alone. */
export function createReaders(schedule: Schedule): Readers {
  const runs = new Map<string, Watched>()

  function leave(watched: Watched): void {
    watched.readers -= 1
    if (watched.readers > 0 || runs.get(watched.run.id) !== watched) return
    if (typeof watched.policy === 'function') {
      void stopIf(watched, watched.policy)
      return
    }
    switch (watched.policy) {
      case 'cancel':
        void watched.run.stop('disconnect')
        return
      case 'grace':
        watched.cancelWait = schedule(() => void watched.run.stop('disconnect'), graceMs)
        return
      case 'finish':
        return
    }
  }

  async function stopIf({ run }: Watched, isToStop: () => Promise<boolean>): Promise<void> {
    // Of a run whose log cannot be read nothing is known, and nobody reads it.
    if (await isToStop().catch(() => true)) await run.stop('disconnect')
  }

  return {
    watch(run, options) {
      const watched: Watched = { ...options, run, readers: 0, cancelWait: () => undefined }
      runs.set(run.id, watched)
      void run.end.then(() => {
        watched.cancelWait()
        runs.delete(run.id)
      })
    },
    enter(runId, view) {
      const watched = runs.get(runId)
      const counts = watched?.owner === 'designer' || view !== 'full'
      if (watched === undefined || !counts) return () => undefined
      watched.readers += 1
      watched.cancelWait()
      let isHere = true
      return () => {
        if (isHere) leave(watched)
        isHere = false
      }
    },
  }
}

/** The system's own timers; a waiting one keeps no process alive. */
export function scheduleByClock(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms).unref()
  return () => clearTimeout(timer)
}
