import { create } from 'zustand'
import type { StoredRun } from '../api/run-history-api.ts'
import { queryOf, runsPath, type RunFilter } from './run-filter.ts'
import { nothingSelected, type RunSelection } from './run-selection.ts'
import { createServerRunList } from './use-watched-runs.ts'

/** What is to be deleted, once it is confirmed. */
export type Deletion =
  | { readonly kind: 'runs'; readonly runs: readonly StoredRun[] }
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'flow'; readonly flowId: string; readonly name: string }

interface RunsPageState {
  readonly selection: RunSelection
  /** Asked about in a dialog. */
  readonly deletion: Deletion | undefined
}

/** The list of the Runs page. */
export const runList = createServerRunList()

/** Where the list that stands was asked for; `undefined` for none. */
let listedPath: string | undefined

/** The store of the Runs page; what the list is narrowed to stands in the address. */
export const useRunsPage = create<RunsPageState>()(() => ({
  selection: nothingSelected,
  deletion: undefined,
}))

const { setState } = useRunsPage

export const runsPageCommands = {
  /** Lists the runs that a filter leaves. What was listed stands on the way back, with what is new. */
  async visit(filter: RunFilter): Promise<void> {
    setState({ selection: nothingSelected })
    // The latest hour is another one by now.
    const stands = filter.since === undefined && listedPath === runsPath(filter)
    if (!stands || runList.getState().status !== 'ready') return runsPageCommands.list(filter)
    try {
      await runList.refresh()
      await runList.showFresh()
    } catch {
      await runsPageCommands.list(filter)
    }
  },
  /** Lists the runs that a filter leaves anew; a failure is in the list. */
  list(filter: RunFilter): Promise<void> {
    listedPath = runsPath(filter)
    return runList.show(queryOf(filter, new Date()))
  },
  select(change: (selection: RunSelection) => RunSelection): void {
    setState(({ selection }) => ({ selection: change(selection) }))
  },
  selectNothing(): void {
    setState({ selection: nothingSelected })
  },
  askToDelete(deletion: Deletion): void {
    setState({ deletion })
  },
  keep(): void {
    setState({ deletion: undefined })
  },
}
