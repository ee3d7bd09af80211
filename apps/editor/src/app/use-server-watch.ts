import { useEffect } from 'react'
import { checkConnectivity } from '../api/connectivity.ts'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'

const everyMs = 15_000

/** Notices a server that is gone while nobody saves: by the run's socket, and by asking now and then. */
export function useServerWatch(): void {
  const isReconnecting = useRun(selectIsReconnecting)
  useEffect(() => {
    if (isReconnecting) void checkConnectivity()
  }, [isReconnecting])
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void checkConnectivity()
    }, everyMs)
    return () => clearInterval(timer)
  }, [])
}

function selectIsReconnecting(run: WatchedRun): boolean {
  return run.isReconnecting
}
