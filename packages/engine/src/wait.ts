/** The longest that a timer can be set to; JavaScript takes anything longer for no time at all. */
const longestMs = 2 ** 31 - 1

/** Lets real time pass: `Services.wait` of whoever runs flows on the system's clock. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      },
      Math.min(ms, longestMs),
    )
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
