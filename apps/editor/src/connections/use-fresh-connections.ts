import { useEffect } from 'react'
import { whenLookedAt } from '../app/when-looked-at.ts'
import { connectionCommands } from './connection-store.ts'

const everyMs = 15_000

/**
 * Keeps the list of connections as the server has it while a page is open: another window, or
 * somebody else, may change, rename or delete them meanwhile.
 */
export function useFreshConnections(): void {
  useEffect(() => {
    function refresh(): void {
      if (document.visibilityState === 'visible') void connectionCommands.load()
    }
    const timer = setInterval(refresh, everyMs)
    const stopLooking = whenLookedAt(refresh)
    return () => {
      clearInterval(timer)
      stopLooking()
    }
  }, [])
}
