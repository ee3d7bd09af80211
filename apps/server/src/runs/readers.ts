import type { FlowSettings } from '@millrace/flow'

/** What happens to a run when its last reader leaves. */
export type DisconnectPolicy = NonNullable<FlowSettings['onDisconnect']>

/** Knows who reads which run, and stops a run that everybody left, as its flow wishes. */
export interface Readers {
  /** Looks after a run until it ends. */
  watch(run: WatchedRun, policy: DisconnectPolicy): void
  /** A reader arrives; the answer is called once when it leaves. */
  enter(runId: string): () => void
}

/** What the policy needs of a run. */
interface WatchedRun {
  readonly id: string
  readonly end: Promise<unknown>
  stop(reason: 'disconnect'): Promise<unknown>
}

interface Watched {
  readonly run: WatchedRun
  readonly policy: DisconnectPolicy
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

  return {
    watch(run, policy) {
      const watched: Watched = { run, policy, readers: 0, cancelWait: () => undefined }
      runs.set(run.id, watched)
      void run.end.then(() => {
        watched.cancelWait()
        runs.delete(run.id)
      })
    },
    enter(runId) {
      const watched = runs.get(runId)
      if (watched === undefined) return () => undefined
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
