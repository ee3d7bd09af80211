import { useEffect, useMemo } from 'react'
import { flowListCommands, useFlowList, type FlowListState } from '../flows/flow-list.ts'
import { knownTags } from './known-tags.ts'

const selectFlows = (state: FlowListState) => state.flows

/** The tags that flows of the server have; asks for the list of flows where nobody has yet. */
export function useKnownTags(): readonly string[] {
  const flows = useFlowList(selectFlows)
  useEffect(() => {
    if (useFlowList.getState().status === 'loading') void flowListCommands.load()
  }, [])
  return useMemo(() => knownTags(flows).map(({ tag }) => tag), [flows])
}
