import { useEffect } from 'react'
import { useStore } from 'zustand'
import { attempt } from '../flows/flow-actions.ts'
import type { RunList } from './create-run-list.ts'

/** Lists earlier runs when the end of those listed comes near; one that fails is told, not repeated. */
export function useEarlierRuns(list: RunList, isEndNear: boolean): void {
  const next = useStore(list, (state) => state.next)
  useEffect(() => {
    if (isEndNear && next !== undefined) void attempt(list.loadMore)
  }, [list, isEndNear, next])
}
