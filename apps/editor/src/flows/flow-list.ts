import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { listFlows, type FlowSummary } from '../api/flow-list-api.ts'
import { deleteFlow, restoreFlow } from '../api/flows-api.ts'

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

/** What came of deleting flows. */
export interface Removal {
  readonly removedIds: readonly string[]
  readonly error: ApiError | undefined
}

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
  /**
   * Deletes flows, each of which `restore` brings back; one that is gone already counts as deleted.
   * Gives the ids of those that it deleted, and what kept it from deleting the others.
   */
  async remove(ids: readonly string[]): Promise<Removal> {
    const goneIds = new Set<string>()
    const removedIds: string[] = []
    let error: ApiError | undefined
    for (const id of ids) {
      const failure = await failureOf(deleteFlow(id))
      if (failure === undefined) removedIds.push(id)
      if (failure === undefined || failure.code === 'not_found') goneIds.add(id)
      else error = failure
    }
    turn += 1
    useFlowList.setState(({ flows }) => ({ flows: flows.filter(({ id }) => !goneIds.has(id)) }))
    return { removedIds, error }
  },
  /** Brings deleted flows back, as they were. Throws when one cannot come back, after the others. */
  async restore(ids: readonly string[]): Promise<void> {
    let error: ApiError | undefined
    for (const id of ids) error = (await failureOf(restoreFlow(id))) ?? error
    await flowListCommands.load()
    if (error !== undefined) throw error
  },
  /** Shows a change before the server is asked; the next `load` tells what is true. */
  change(id: string, fields: Partial<Pick<FlowSummary, 'name' | 'tags'>>): void {
    useFlowList.setState(({ flows }) => ({
      flows: flows.map((flow) => (flow.id === id ? { ...flow, ...fields } : flow)),
    }))
  },
}

async function failureOf(action: Promise<unknown>): Promise<ApiError | undefined> {
  try {
    await action
    return undefined
  } catch (thrown) {
    return toApiError(thrown)
  }
}
