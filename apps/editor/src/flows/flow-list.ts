import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { createFlow, deleteFlow, listFlows, readFlow, type FlowSummary } from '../api/flows-api.ts'

/** The flows of the server as this window knows them. */
export interface FlowListState {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly flows: readonly FlowSummary[]
  readonly error: ApiError | undefined
}

/** The store of the list of flows. */
export const useFlowList = create<FlowListState>()(() => ({
  status: 'loading',
  flows: [],
  error: undefined,
}))

/** Reads and changes the list. */
export const flowListCommands = {
  /** Reads it anew; a failure is in the store, not thrown. */
  async load(): Promise<void> {
    try {
      useFlowList.setState({ status: 'ready', flows: await listFlows(), error: undefined })
    } catch (thrown) {
      useFlowList.setState({ status: 'failed', error: toApiError(thrown) })
    }
  },
  /** Deletes a flow, and gives what brings it back just as it was. */
  async remove(id: string): Promise<() => Promise<void>> {
    const { document } = await readFlow(id)
    await deleteFlow(id)
    useFlowList.setState(({ flows }) => ({ flows: flows.filter((flow) => flow.id !== id) }))
    return async () => {
      await createFlow(document)
      await flowListCommands.load()
    }
  },
}
