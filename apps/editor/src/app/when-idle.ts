/** The browser may be busy for so long, in ms, before what waits for its rest is done all the same. */
const latestMs = 5_000

/** Does something once the browser has nothing better to do; what is given back calls it off. */
export function whenIdle(action: () => void): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(action, latestMs)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(action, { timeout: latestMs })
  return () => cancelIdleCallback(handle)
}
