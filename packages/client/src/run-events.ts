import type { RunEvent } from '@millrace/flow/events'
import type { CallOptions } from './connection.ts'
import { followRun, read, seqOf } from './followed-run.ts'
import { onceAtATime } from './once-at-a-time.ts'
import type { ClientOptions } from './request.ts'

/** The log of a run as it is written, each event exactly once; `run-end` is the last. */
export interface RunEventStream extends AsyncIterable<RunEvent> {
  readonly runId: string
  /** The number of the last event that was read. */
  readonly seq: number
}

export interface EventsStart extends CallOptions {
  readonly runId: string
  readonly after: number
}

/** The log of a run; reading it throws what kept it from being resumed. */
export function createRunEvents(client: ClientOptions, start: EventsStart): RunEventStream {
  const { runId, after, ...call } = start
  let seq = after
  let isEnded = false

  async function* events(): AsyncGenerator<RunEvent> {
    if (isEnded) return
    const batches = followRun(client, { ...call, runId, what: 'events', position: () => seq })
    for await (const batch of batches) {
      for (const sent of batch) {
        if (seqOf(sent) <= seq) continue
        const event = read(sent) as RunEvent // the server's contract
        seq = seqOf(sent)
        isEnded = event.type === 'run-end'
        yield event
        if (isEnded) return
      }
    }
  }

  return {
    runId,
    get seq() {
      return seq
    },
    [Symbol.asyncIterator]: onceAtATime(runId, events),
  }
}
