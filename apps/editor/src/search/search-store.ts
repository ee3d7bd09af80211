import { create } from 'zustand'
import { placePanels } from '../app/panel-layout.ts'
import { currentViewport } from '../canvas/current-viewport.ts'
import { noteItemId } from '../canvas/notes.ts'
import { showFlowPanel } from '../properties/flow-panel.ts'
import { sessionCommands } from '../session/session-store.ts'
import type { Hit } from './find-in-flow.ts'

/** What is searched in the open flow. */
export interface SearchState {
  readonly search: string
  readonly hits: readonly Hit[]
  /** The nodes with a hit, which glow on the canvas. */
  readonly hitNodeIds: ReadonlySet<string>
  /** The hit that was led to last. */
  readonly at: number | undefined
  /** Counts how often the search was asked for: its field takes the focus each time. */
  readonly asked: number
}

const none: Pick<SearchState, 'hits' | 'hitNodeIds' | 'at'> = {
  hits: [],
  hitNodeIds: new Set(),
  at: undefined,
}

/** The store of the search, read through selectors. */
export const useSearch = create<SearchState>()(() => ({ search: '', ...none, asked: 0 }))

const { setState, getState } = useSearch

/** All that changes the search. */
export const searchCommands = {
  /** Opens the search, for a text that somebody gave elsewhere or for what was searched last. */
  open(search = getState().search): void {
    setState({ search, asked: getState().asked + 1 })
    placePanels({ leftPanel: 'search' })
  },
  searchFor(search: string): void {
    setState({ search, at: undefined })
  },
  /** Takes what was found; a hit that is still there stays the one that was led to. */
  show(hits: readonly Hit[]): void {
    const { hits: before, at } = getState()
    const last = at === undefined ? undefined : before[at]
    const index = last === undefined ? -1 : hits.findIndex((hit) => isSamePlace(hit, last))
    const hitNodeIds = new Set(
      hits.flatMap(({ place }) => (place.kind === 'node' ? [place.nodeId] : [])),
    )
    setState({ hits, hitNodeIds, at: index === -1 ? undefined : index })
  },
  /** Leads to the next hit or the one before, round and round; typing goes on where it is. */
  step(by: 1 | -1): void {
    const { hits, at } = getState()
    if (hits.length === 0) return
    const from = at ?? (by === 1 ? -1 : 0)
    searchCommands.leadTo((from + by + hits.length) % hits.length, 'keeping-focus')
  },
  /** Selects what holds a hit and brings it into view; `with-focus` puts the caret into its field. */
  leadTo(index: number, how: 'with-focus' | 'keeping-focus'): void {
    const place = getState().hits[index]?.place
    setState({ at: index })
    switch (place?.kind) {
      case 'node':
        if (how === 'with-focus') sessionCommands.focusNode(place.nodeId, place.property)
        else sessionCommands.showNode(place.nodeId, place.property)
        break
      case 'note':
        sessionCommands.select([], [], [place.noteId])
        currentViewport()?.show([noteItemId(place.noteId)])
        break
      case 'flow':
        showFlowPanel(place.tab)
        break
      case undefined:
    }
  },
  /** Ends the search: nothing glows any more. What was searched is kept for the next time. */
  end(): void {
    setState(none)
  },
}

function isSamePlace(left: Hit, right: Hit): boolean {
  return left.what === right.what && JSON.stringify(left.place) === JSON.stringify(right.place)
}
