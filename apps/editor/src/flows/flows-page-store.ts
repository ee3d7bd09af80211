import { isRecord } from '@millrace/flow'
import { create } from 'zustand'
import type { ImportText } from '../import/read-import.ts'
import { keep, readKept } from '../session/kept.ts'
import type { FlowFilter, FlowSort } from './shown-flows.ts'

export type FlowsLayout = 'grid' | 'list'

/** The dialog that is open over the page. */
export type OpenedDialog =
  | { readonly kind: 'new' }
  | { readonly kind: 'import'; readonly texts: readonly ImportText[] }
  | { readonly kind: 'tags'; readonly flowIds: readonly string[] }
  | { readonly kind: 'allTags' }
  | { readonly kind: 'deleted' }

/** What a designer looks at on the Flows page; it stands as it was on the way back from a flow. */
export interface FlowsPageState {
  readonly filter: FlowFilter
  readonly layout: FlowsLayout
  readonly selectedIds: ReadonlySet<string>
  /** The flow whose name is a field now. */
  readonly renamingId: string | undefined
  readonly opened: OpenedDialog | undefined
}

const key = 'millrace.flows-page'
const everything = { query: '', state: 'any', tags: [] } as const

/** The store of the Flows page. */
export const useFlowsPage = create<FlowsPageState>()(() => {
  const { sort, layout } = readKeptList()
  return {
    filter: { ...everything, sort },
    layout,
    selectedIds: new Set(),
    renamingId: undefined,
    opened: undefined,
  }
})

const { getState, setState } = useFlowsPage

/** Changes what the Flows page shows. */
export const flowsPageCommands = {
  narrow(changes: Partial<FlowFilter>): void {
    setState(({ filter }) => ({ filter: { ...filter, ...changes } }))
    if (changes.sort !== undefined) keepList()
  },
  showAll(): void {
    flowsPageCommands.narrow(everything)
  },
  toggleTag(tag: string): void {
    const { tags } = getState().filter
    const others = tags.filter((other) => other !== tag)
    flowsPageCommands.narrow({ tags: others.length < tags.length ? others : [...tags, tag] })
  },
  setLayout(layout: FlowsLayout): void {
    setState({ layout })
    keepList()
  },
  select(id: string, change: 'add' | 'remove'): void {
    const selectedIds = new Set(getState().selectedIds)
    if (change === 'add') selectedIds.add(id)
    else selectedIds.delete(id)
    setState({ selectedIds })
  },
  selectOnly(ids: readonly string[]): void {
    setState({ selectedIds: new Set(ids) })
  },
  startRename(id: string): void {
    setState({ renamingId: id })
  },
  endRename(): void {
    setState({ renamingId: undefined })
  },
  open(opened: OpenedDialog): void {
    setState({ opened })
  },
  close(): void {
    setState({ opened: undefined })
  },
}

/** How the list stands is kept for this browser; what it is narrowed to is not. */
function keepList(): void {
  const { filter, layout } = getState()
  keep(key, { sort: filter.sort, layout })
}

function readKeptList(): {
  readonly sort: FlowSort
  readonly layout: FlowsLayout
} {
  const kept = readKept(key)
  const { sort, layout } = isRecord(kept) ? kept : {}
  return {
    sort: sort === 'name' || sort === 'lastRun' ? sort : 'changed',
    layout: layout === 'list' ? 'list' : 'grid',
  }
}
