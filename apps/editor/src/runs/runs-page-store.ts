import { create } from 'zustand'
import type { StoredRun } from '../api/run-history-api.ts'
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

/** The list of the Runs page; it stands as it was on the way back from a run. */
export const runList = createServerRunList()

/** The store of the Runs page; what the list is narrowed to stands in the address. */
export const useRunsPage = create<RunsPageState>()(() => ({
  selection: nothingSelected,
  deletion: undefined,
}))

const { setState } = useRunsPage

export const runsPageCommands = {
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
