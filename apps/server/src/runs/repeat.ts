import type { Schedule } from './readers.ts'

interface Repetition {
  readonly schedule: Schedule
  /** Milliseconds before each time. */
  readonly pauseMs: number
  readonly work: () => Promise<unknown>
  /** Told when it failed; it is tried again when its time comes. */
  readonly onFailure: (error: unknown) => void
}

/** Does something again and again, a pause from now for the first time, until the answer is called. */
export function repeat({ schedule, pauseMs, work, onFailure }: Repetition): () => void {
  let cancel: () => void = () => undefined
  let isStopped = false
  async function once(): Promise<void> {
    await work().catch(onFailure)
    if (!isStopped) wait()
  }
  function wait(): void {
    cancel = schedule(() => void once(), pauseMs)
  }
  wait()
  return () => {
    isStopped = true
    cancel()
  }
}
