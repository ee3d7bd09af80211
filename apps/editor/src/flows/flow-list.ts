import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { deleteFlow, listFlows, restoreFlow, type FlowSummary } from '../api/flows-api.ts'

/** The flows of the server as this window knows them. */
export interface FlowListState {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly flows: readonly FlowSummary[]
  readonly error: ApiError | undefined
  /** When it was read last. */
  readonly readAt: Date
}

/** The store of the list of flows. */
export const useFlowList = create<FlowListState>()(() => ({
  status: 'loading',
  flows: [],
  error: undefined,
  readAt: new Date(),
}))

/** Counts what may change the list, so that an answer which was overtaken changes nothing. */
let turn = 0

/** Reads and changes the list. */
export const flowListCommands = {
  /** Reads it anew; a failure is in the store, not thrown. */
  async load(): Promise<void> {
    const mine = (turn += 1)
    try {
      const flows = await listFlows()
      if (mine !== turn) return
      useFlowList.setState({ status: 'ready', flows, error: undefined, readAt: new Date() })
    } catch (thrown) {
      if (mine !== turn) return
      useFlowList.setState({ status: 'failed', error: toApiError(thrown) })
    }
  },
  /** Deletes flows, each of which `restore` brings back. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) await deleteFlow(id)
    turn += 1
    const removed = new Set(ids)
    useFlowList.setState(({ flows }) => ({ flows: flows.filter(({ id }) => !removed.has(id)) }))
  },
  /** Brings deleted flows back, as they were. */
  async restore(ids: readonly string[]): Promise<void> {
    for (const id of ids) await restoreFlow(id)
    await flowListCommands.load()
  },
  /** Shows a change before the server is asked; the next `load` tells what is true. */
  change(id: string, fields: Partial<Pick<FlowSummary, 'name' | 'tags'>>): void {
    useFlowList.setState(({ flows }) => ({
      flows: flows.map((flow) => (flow.id === id ? { ...flow, ...fields } : flow)),
    }))
  },
}
