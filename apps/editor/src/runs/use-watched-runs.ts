import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useConnectivity } from '../api/connectivity.ts'
import { findRun, listRuns } from '../api/run-history-api.ts'
import { createRunList, type RunList, type RunListState } from './create-run-list.ts'

/** How often the server is asked what has changed, while somebody looks. */
const everyMs = 3000

/** A list of runs of the server; each place that shows one has its own. */
export function createServerRunList(): RunList {
  return createRunList({ list: listRuns, find: findRun })
}

/** Reads a list, and keeps it up to date for as long as it is in view. */
export function useWatchedRuns(list: RunList): RunListState {
  const isOnline = useConnectivity((state) => state.isOnline)
  useEffect(() => {
    if (!isOnline) return
    let isBusy = false
    async function look(): Promise<void> {
      if (document.visibilityState !== 'visible' || isBusy) return
      isBusy = true
      try {
        await list.refresh()
      } catch {
        // The list stands as it was; the page itself says when the server is gone.
      } finally {
        isBusy = false
      }
    }
    const timer = setInterval(() => void look(), everyMs)
    const lookNow = () => void look()
    document.addEventListener('visibilitychange', lookNow)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookNow)
    }
  }, [list, isOnline])
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
