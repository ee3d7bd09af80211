import type { WebSocket } from 'ws'
import type { ActiveRuns } from '../runs/active-runs.ts'
import { runSummary } from '../runs/run-answer.ts'
import { fullLength } from '../runs/write-batches.ts'
import type { ServerFrame } from './live-frames.ts'

/** Tells one socket which runs start and end. */
export interface WatchedRuns {
  /** Begins with those that go on, of one flow or all; what was watched before is not any more. */
  watch(flowId: string | undefined): void
  close(): void
}

interface Options {
  readonly socket: WebSocket
  readonly runs: Pick<ActiveRuns, 'inProgress' | 'listen' | 'find'>
  readonly send: (frame: ServerFrame) => void
}

/** Changes go out together, so that a thousand short runs a second are a few frames. */
const batchMs = 200

export function createWatchedRuns({ socket, runs, send }: Options): WatchedRuns {
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let unlisten: () => void = () => undefined

  function close(): void {
    unlisten()
    clearTimeout(timer)
    timer = undefined
    changed.clear()
  }

  function sendLater(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      // A socket that is full is told later: how each run stands by then.
      if (socket.bufferedAmount > fullLength) sendLater()
      else void sendChanged()
    }, batchMs).unref()
  }

  async function sendChanged(): Promise<void> {
    const ids = [...changed]
    changed.clear()
    // One that is not found was deleted in the meantime.
    const found = await Promise.allSettled(ids.map((id) => runs.find(id)))
    const records = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    send({ type: 'runs', runs: records.map(runSummary) })
  }

  return {
    watch(flowId) {
      close()
      const isWanted = (run: { readonly flowId: string }) =>
        flowId === undefined || run.flowId === flowId
      unlisten = runs.listen((run) => {
        if (!isWanted(run)) return
        changed.add(run.id)
        sendLater()
      })
      for (const { id } of runs.inProgress().filter(isWanted)) changed.add(id)
      void sendChanged()
    },
    close,
  }
}
