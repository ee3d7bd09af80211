import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useConnectivity } from '../api/connectivity.ts'
import { findRun, listRuns } from '../api/run-history-api.ts'
import { openLiveSocket } from '../run/open-live-socket.ts'
import { watchRuns } from '../run/watch-runs.ts'
import { createLooks } from './create-looks.ts'
import { createRunList, type RunList, type RunListState } from './create-run-list.ts'

/** The server tells of no deletion: what was deleted elsewhere leaves the list within so long. */
const deletionsMs = 60_000

/** A list of runs of the server; each place that shows one has its own. */
export function createServerRunList(): RunList {
  return createRunList({ list: listRuns, find: findRun })
}

/** Keeps a list of the runs of a flow, or of all, up to date for as long as it is in view. */
export function useWatchedRuns(list: RunList, flowId?: string): RunListState {
  const isOnline = useConnectivity((state) => state.isOnline)
  useEffect(() => {
    if (!isOnline) return
    const looks = createLooks({
      look: list.refresh,
      isSeen: () => document.visibilityState === 'visible',
    })
    const unwatch = watchRuns({ flowId, openSocket: openLiveSocket, onRuns: looks.wish })
    const timer = setInterval(looks.wish, deletionsMs)
    document.addEventListener('visibilitychange', looks.wish)
    return () => {
      unwatch()
      looks.close()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', looks.wish)
    }
  }, [list, flowId, isOnline])
  return useStore(list)
}

/** The time, each second while something in view goes on. */
export function useNow(isTicking: boolean): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    if (!isTicking) return
    const timer = setInterval(() => setNow(new Date()), 1000)
    return () => clearInterval(timer)
  }, [isTicking])
  return now
}
