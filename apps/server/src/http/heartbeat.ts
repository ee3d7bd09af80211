/** Keeps idle streams open: one timer for all of them. */
export interface Heartbeat {
  /** Calls `beat` from time to time until the answer is called. */
  add(beat: () => void): () => void
}

/** The timer runs only while somebody listens, and keeps no process alive. */
export function createHeartbeat(everyMs: number): Heartbeat {
  const beats = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  return {
    add(beat) {
      beats.add(beat)
      timer ??= setInterval(() => {
        for (const each of beats) each()
      }, everyMs).unref()
      return () => {
        beats.delete(beat)
        if (beats.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}
