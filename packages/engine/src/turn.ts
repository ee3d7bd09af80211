/**
 * Runs a callback once the current turn of the event loop is over: after everything that could go
 * on without waiting has gone on. So all messages of one provider read leave in one append, and one
 * that is followed by a real wait leaves before it.
 */
export function afterTurn(callback: () => void): void {
  pending.push(callback)
  if (pending.length === 1) schedule(runPending)
}

let pending: (() => void)[] = []

function runPending(): void {
  const callbacks = pending
  pending = []
  let done = 0
  try {
    for (const callback of callbacks) {
      done += 1
      callback()
    }
  } finally {
    // One that throws costs the others a turn, not their call.
    for (const callback of callbacks.slice(done)) afterTurn(callback)
  }
}

const schedule = createScheduler()

function createScheduler(): (callback: () => void) => void {
  // Node.js has it, browsers do not; the engine is typed for neither.
  const { setImmediate } = globalThis as {
    readonly setImmediate?: (callback: () => void) => unknown
  }
  if (setImmediate !== undefined) return setImmediate
  // A browser has no setImmediate; a message to oneself is its nearest, without a timer's delay.
  const channel = new MessageChannel()
  let next: () => void = () => undefined
  channel.port1.addEventListener('message', () => next())
  channel.port1.start()
  return (callback) => {
    next = callback
    channel.port2.postMessage(null)
  }
}
