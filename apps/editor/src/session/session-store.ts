import { create } from 'zustand'
import { openProperties } from '../app/panel-layout.ts'
import type { Opened, PickerOrigin } from './opened.ts'

export type BottomPanel = 'problems' | 'events' | 'inspect' | 'runs' | 'tests'

export type SideView = 'properties' | 'chat'

/** Where somebody is led to: a node, one of its properties, a cell in the value of that. */
export interface Focus {
  readonly nodeId: string
  readonly property?: string
  readonly part?: readonly (string | number)[]
  /** It is only shown: the keyboard stays where it is. */
  readonly isQuiet?: boolean
}

/** What dragging on empty canvas does: it selects, or moves the view. */
export type CanvasTool = 'pointer' | 'hand'

/** What this tab shows: selection and panels. Never saved, never in the undo history. */
export interface SessionState {
  readonly selectedNodeIds: ReadonlySet<string>
  readonly selectedEdgeIds: ReadonlySet<string>
  readonly selectedNoteIds: ReadonlySet<string>
  /** Where the designer was last led. A new object each time, so effects run again for the same place. */
  readonly focus: Focus | undefined
  /** Where the designer works: what leads to a node puts the focus there. */
  readonly workplace: 'canvas' | 'outline'
  readonly bottomPanel: BottomPanel | undefined
  readonly isChatOpen: boolean
  /** What stands in front where properties and chat share the side panel: what was wanted last. */
  readonly sideView: SideView
  /** What floats over the designer. */
  readonly opened: Opened | undefined
  /** The node whose title is being edited on its card. */
  readonly renamingNodeId: string | undefined
  readonly tool: CanvasTool
}

const nothing: ReadonlySet<string> = new Set()

const initialState: SessionState = {
  selectedNodeIds: nothing,
  selectedEdgeIds: nothing,
  selectedNoteIds: nothing,
  focus: undefined,
  workplace: 'canvas',
  bottomPanel: undefined,
  isChatOpen: false,
  sideView: 'properties',
  opened: undefined,
  renamingNodeId: undefined,
  tool: 'pointer',
}

/** The session store, read through selectors. */
export const useSession = create<SessionState>()(() => initialState)

const { setState, getState } = useSession

/** All that changes the session. */
export const sessionCommands = {
  /** Selects nodes and notes, and edges by their canvas ids; everything else is deselected. */
  select(
    nodeIds: Iterable<string>,
    edgeIds: Iterable<string> = [],
    noteIds: Iterable<string> = [],
  ): void {
    const selectedNodeIds = new Set(nodeIds)
    const selectedEdgeIds = new Set(edgeIds)
    const selectedNoteIds = new Set(noteIds)
    const { selectedNodeIds: nodes, selectedEdgeIds: edges, selectedNoteIds: notes } = getState()
    const isUnchanged =
      isSame(nodes, selectedNodeIds) &&
      isSame(edges, selectedEdgeIds) &&
      isSame(notes, selectedNoteIds)
    if (isUnchanged) return
    // Who selects something else is not led anywhere any more.
    setState({ selectedNodeIds, selectedEdgeIds, selectedNoteIds, focus: undefined })
    if (selectedNodeIds.size > 0 && !isSame(nodes, selectedNodeIds)) {
      sessionCommands.showInSide('properties')
    }
  },
  /**
   * Selects the node, brings it into view, and puts the caret into the property when one is named,
   * and into a cell of its value when that is.
   */
  focusNode(nodeId: string, property?: string, part?: Focus['part']): void {
    lead({
      nodeId,
      ...(property === undefined ? {} : { property }),
      ...(part === undefined ? {} : { part }),
    })
  },
  /** The same, but the keyboard stays where it is. */
  showNode(nodeId: string, property?: string): void {
    lead({ nodeId, isQuiet: true, ...(property === undefined ? {} : { property }) })
  },
  /** Notes that the designer works on the canvas, or in the outline. */
  workIn(workplace: SessionState['workplace']): void {
    if (getState().workplace !== workplace) setState({ workplace })
  },
  openBottomPanel(bottomPanel: BottomPanel | undefined): void {
    setState({ bottomPanel })
  },
  toggleBottomPanel(panel: BottomPanel): void {
    setState({ bottomPanel: getState().bottomPanel === panel ? undefined : panel })
  },
  setChatOpen(isChatOpen: boolean): void {
    setState({ isChatOpen })
    sessionCommands.showInSide(isChatOpen ? 'chat' : 'properties')
  },
  showInSide(sideView: SideView): void {
    setState({ sideView })
  },
  /** Opens what floats over the designer, in the place of what was open. */
  open(opened: Opened): void {
    setState({ opened })
  },
  openPicker(origin: PickerOrigin = {}): void {
    sessionCommands.open({ kind: 'picker', origin })
  },
  close(): void {
    setState({ opened: undefined })
  },
  /** Turns the title on a card into a field; `undefined` turns it back. */
  rename(renamingNodeId: string | undefined): void {
    setState({ renamingNodeId })
  },
  takeTool(tool: CanvasTool): void {
    setState({ tool })
  },
  /** Forgets everything: another document was opened. */
  reset(): void {
    setState(initialState)
  },
}

function lead(focus: Focus): void {
  setState({
    selectedNodeIds: new Set([focus.nodeId]),
    selectedEdgeIds: nothing,
    selectedNoteIds: nothing,
    focus,
  })
  sessionCommands.showInSide('properties')
  // A field that is to have the caret is to be seen.
  if (focus.property !== undefined && focus.isQuiet !== true) openProperties()
}

function isSame(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((id) => right.has(id))
}
