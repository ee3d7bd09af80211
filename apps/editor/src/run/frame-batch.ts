/** Collects items and hands them over together, once per animation frame. */
export interface FrameBatch<T> {
  add(items: readonly T[]): void
  /** Hands over at once what is waiting. */
  flush(): void
  /** Forgets what is waiting. */
  clear(): void
}

/** A hidden tab draws no frames: the latest moment for a batch in it, in milliseconds. */
const hiddenMs = 250

/** A batch that is flushed with the next frame, or by a timer where no frame comes. */
export function createFrameBatch<T>(take: (items: readonly T[]) => void): FrameBatch<T> {
  let waiting: T[] = []
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function cancel(): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = undefined
    timer = undefined
  }

  function flush(): void {
    cancel()
    if (waiting.length === 0) return
    const items = waiting
    waiting = []
    take(items)
  }

  return {
    add(items) {
      for (const item of items) waiting.push(item)
      if (frame !== undefined || waiting.length === 0) return
      frame = requestAnimationFrame(flush)
      timer = setTimeout(flush, hiddenMs)
    },
    flush,
    clear() {
      cancel()
      waiting = []
    },
  }
}
