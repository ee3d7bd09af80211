import { create } from 'zustand'
import { basePath } from './base-path.ts'

interface Connectivity {
  readonly isOnline: boolean
}

/** Whether the server answered the last call. */
export const useConnectivity = create<Connectivity>()(() => ({ isOnline: true }))

/** Says whether the server answers; while it does not, asks it again until it does. */
export function reportConnectivity(isOnline: boolean): void {
  if (useConnectivity.getState().isOnline !== isOnline) useConnectivity.setState({ isOnline })
  if (isOnline) {
    clearTimeout(retry)
    retry = undefined
    waitMs = shortestWaitMs
  } else {
    retry ??= setTimeout(askAgain, waitMs)
  }
}

/** Asks at once, for the button that says *Try now*. */
export async function checkConnectivity(): Promise<void> {
  try {
    const response = await fetch(`${basePath}/api/health`, { signal: AbortSignal.timeout(5000) })
    // A draining server answers 503 with a body of ours: it is there, but about to go.
    reportConnectivity(response.ok)
  } catch {
    reportConnectivity(false)
  }
}

const shortestWaitMs = 1000
const longestWaitMs = 10_000
let waitMs = shortestWaitMs
let retry: ReturnType<typeof setTimeout> | undefined

function askAgain(): void {
  retry = undefined
  waitMs = Math.min(waitMs * 1.6, longestWaitMs)
  void checkConnectivity()
}
