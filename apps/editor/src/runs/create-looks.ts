interface LooksOptions {
  /** Reads what has changed; a failure is nothing, since it is read again. */
  readonly look: () => Promise<void>
  /** Whether anybody sees what is read. */
  readonly isSeen: () => boolean
}

/** Looks at something that changes: as often as is wished, and as a server can bear. */
export interface Looks {
  /** Wishes a look: now, or as soon as the last one is long enough ago and somebody sees it. */
  wish(): void
  close(): void
}

/** So long lies between two looks, however much happens. */
const pauseMs = 1000

export function createLooks({ look, isSeen }: LooksOptions): Looks {
  let isWished = false
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let isLooking = false

  async function lookIfWished(): Promise<void> {
    if (!isWished || isLooking || timer !== undefined || isOver || !isSeen()) return
    isWished = false
    isLooking = true
    await look().catch(() => undefined)
    isLooking = false
    if (isOver) return
    timer = setTimeout(() => {
      timer = undefined
      void lookIfWished()
    }, pauseMs)
  }

  return {
    wish() {
      isWished = true
      void lookIfWished()
    },
    close() {
      isOver = true
      clearTimeout(timer)
    },
  }
}
