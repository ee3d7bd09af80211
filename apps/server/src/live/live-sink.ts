import type { RunView } from '@millrace/flow'
import type { EntrySink } from '@millrace/engine'
import type { WebSocket } from 'ws'
import { entryIn } from '../runs/entry-in.ts'
import { fullLength, writeBatches, type Batches } from '../runs/write-batches.ts'

/** It is read on from the log when no more than so many wait. */
const drainedBytes = 32 * 1024

/** One `events` frame, or few, for the entries of an append that the view shows. */
export function createLiveSink(
  socket: WebSocket,
  { runId, view }: { readonly runId: string; readonly view: RunView },
): EntrySink {
  const head = `{"type":"events","runId":${JSON.stringify(runId)},"events":[`
  let wake: (() => void) | undefined
  function onSent(): void {
    if (wake === undefined || socket.bufferedAmount > drainedBytes) return
    wake()
    wake = undefined
  }
  const batches: Batches = {
    encode: (entry) => entryIn(view, entry)?.json ?? '',
    separator: ',',
    send: (text) => socket.send(`${head}${text}]}`, onSent),
    isFull: () => socket.bufferedAmount >= fullLength,
  }
  return {
    write: (entries) => writeBatches(entries, batches),
    drained: () =>
      new Promise((resolve) => {
        wake = resolve
        onSent()
      }),
  }
}
