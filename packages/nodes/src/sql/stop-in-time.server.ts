import { timedOut } from './statement-limits.ts'

/** How long something may take at a server, and how it is stopped there. */
export interface TimeLimits {
  /** Ends it when the run ends. */
  readonly signal: AbortSignal
  readonly timeoutSeconds: number
  /** How long the server itself has to end it after that before it is cancelled from here, in milliseconds. */
  readonly graceMs: number
  /** Whether an error says that the server cancelled it by itself, in whatever language. */
  isCancellation(error: unknown): boolean
  /** Asks the server to cancel it; may fail, or come too late. */
  cancel(): Promise<void>
  /** Told once it is being stopped, so that nothing else is asked of the same session. */
  onStop(): void
}

/** How long what was cancelled may take to end, in milliseconds, before it is left alone. */
const givingWayMs = 3000

/**
 * Waits for what a server is doing. It is cancelled at the server when the run ends or its time is
 * over; the error is then why it was stopped, and comes when the server has given way, or does not.
 */
export async function stopInTime<T>(work: Promise<T>, limits: TimeLimits): Promise<T> {
  const { signal, timeoutSeconds, graceMs } = limits
  const leaving = Promise.withResolvers<never>()
  let reason: unknown
  let givingWay: NodeJS.Timeout | undefined
  function stop(why: unknown): void {
    if (reason !== undefined) return
    reason = why
    limits.onStop()
    givingWay = setTimeout(leaving.reject, givingWayMs, why)
    limits.cancel().catch(() => leaving.reject(why))
  }
  const onAbort = () => stop(signal.reason)
  const startedAt = performance.now()
  const isOver = () => performance.now() - startedAt >= timeoutSeconds * 1000
  signal.addEventListener('abort', onAbort)
  const guard = setTimeout(() => stop(timedOut(limits)), timeoutSeconds * 1000 + graceMs)
  try {
    return await Promise.race([work, leaving.promise])
  } catch (error) {
    // The server ends what was stopped with an error of its own, which says less.
    throw reason ?? (isOver() && limits.isCancellation(error) ? timedOut(limits) : error)
  } finally {
    clearTimeout(guard)
    clearTimeout(givingWay)
    signal.removeEventListener('abort', onAbort)
    // Nobody waits any longer for what was left alone.
    work.catch(() => {})
    leaving.promise.catch(() => {})
  }
}
