// Loaded into a measured server, with --expose-gc: tells what it holds when everything else is collected.
import { setTimeout as wait } from 'node:timers/promises'

/** What a process holds. */
export interface Held {
  readonly heapBytes: number
  /** Sockets, timers, files, threads: what keeps an event loop busy. */
  readonly handles: number
}

process.on('message', async (message) => {
  if (message !== 'held') return
  // What only a finalizer frees takes a second collection.
  for (let count = 0; count < 3; count += 1) {
    globalThis.gc?.()
    await wait(50)
  }
  process.send?.({
    heapBytes: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().length,
  } satisfies Held)
})
process.channel?.unref()
