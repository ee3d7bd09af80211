import { vi } from 'vitest'

/** Lets timers wait for `vi.advanceTimersByTimeAsync`, while sockets go on as ever. */
export function useFakeClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
}

/** Lets something end while the clock goes fast, but no further than sockets can follow. */
export async function fastForward<T>(running: Promise<T>): Promise<T> {
  let isOver = false
  const end = () => (isOver = true)
  void running.then(end, end)
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(50)
  }
  return await running
}
