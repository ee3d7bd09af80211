import type { EntrySink } from '@millrace/engine'
import type { WebSocket } from 'ws'

/** So many bytes may wait in a socket before its reader is left behind. */
const fullBytes = 256 * 1024
/** It is read on from the log when no more than so many wait. */
const drainedBytes = 32 * 1024

/** One `events` frame for all entries of an append. */
export function createLiveSink(socket: WebSocket, runId: string): EntrySink {
  const head = `{"type":"events","runId":${JSON.stringify(runId)},"events":[`
  let wake: (() => void) | undefined
  function onSent(): void {
    if (wake === undefined || socket.bufferedAmount > drainedBytes) return
    wake()
    wake = undefined
  }
  return {
    write(entries) {
      let text = head
      for (const [index, entry] of entries.entries())
        text += index === 0 ? entry.json : `,${entry.json}`
      socket.send(`${text}]}`, onSent)
      return socket.bufferedAmount < fullBytes
    },
    drained: () =>
      new Promise((resolve) => {
        wake = resolve
        onSent()
      }),
  }
}
