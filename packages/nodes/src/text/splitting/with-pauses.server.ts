import { setImmediate } from 'node:timers/promises'

/** How long items may be made without letting others have a turn, in milliseconds. */
const turnMs = 8

/** The same items; while they are made, the event loop goes on with what else is to be done. */
export async function* withPauses<T>(items: Iterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  let turnStartedAt = performance.now()
  for (const item of items) {
    yield item
    if (performance.now() - turnStartedAt < turnMs) continue
    await setImmediate()
    signal.throwIfAborted()
    turnStartedAt = performance.now()
  }
}
