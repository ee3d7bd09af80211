import type { Flow } from '@millrace/flow'
import { create } from 'zustand'
import type { GuideLine } from './guides.ts'
import type { Box, Point } from './placement.ts'
import type { WireChoice } from './wire-choice.ts'

/** A wire that is being drawn. */
export interface Wire {
  /** Where it starts: the node, and the id of the port on its card. */
  readonly nodeId: string
  readonly portId: string
  /** The ports it may end at, as `portKey` writes them. */
  readonly fitting: ReadonlySet<string>
  /** The edge whose other end is being drawn anew. */
  readonly edgeId: string | undefined
}

/** What a dropped wire asks: which of several ways is meant. */
export interface WireMenu {
  /** Where it was dropped, in pixels of the window. */
  readonly point: Point
  readonly choices: readonly WireChoice[]
  /** The edge that was taken up, and gives way to what is chosen. */
  readonly edgeId: string | undefined
}

/** The port below the pointer. */
export interface HoveredPort {
  readonly nodeId: string
  readonly portId: string
  /** Its name on the card. */
  readonly label: string
  /** What is told of it. */
  readonly lines: readonly string[]
  /** Where it is in the window. */
  readonly box: DOMRect
}

/** What the pointer does on the canvas: of no interest to anybody else, gone with the tab. */
interface CanvasState {
  readonly hoveredNodeId: string | undefined
  readonly hoveredEdgeId: string | undefined
  readonly focusedEdgeId: string | undefined
  readonly hoveredPort: HoveredPort | undefined
  /** The other ends of its bindings, as `portKey` writes them. */
  readonly partnerPorts: ReadonlySet<string>
  /** The edge into which the node that is dragged would go. */
  readonly spliceEdgeId: string | undefined
  /** Nodes whose unset optional inputs are shown. */
  readonly expanded: ReadonlySet<string>
  /** Where items are shown that stand elsewhere in the document: they are dragged, or on their way. */
  readonly dragged: ReadonlyMap<string, Point>
  /** What the dragged items line up with. */
  readonly guides: readonly GuideLine[]
  /** The note whose size is being dragged, with the box that it has for now. */
  readonly resized: { readonly noteId: string; readonly box: Box } | undefined
  /** The note whose text, or the frame whose title, is a field. */
  readonly editingNoteId: string | undefined
  readonly wire: Wire | undefined
  readonly wireMenu: WireMenu | undefined
  /** The flow as it would be, while somebody looks at one of the ways. */
  readonly preview: Flow | undefined
}

const nowhere: CanvasState['dragged'] = new Map()

/** The canvas's own store, read through selectors. */
export const useCanvas = create<CanvasState>()(() => ({
  hoveredNodeId: undefined,
  hoveredEdgeId: undefined,
  focusedEdgeId: undefined,
  hoveredPort: undefined,
  partnerPorts: new Set<string>(),
  spliceEdgeId: undefined,
  expanded: new Set<string>(),
  dragged: nowhere,
  guides: [],
  resized: undefined,
  editingNoteId: undefined,
  wire: undefined,
  wireMenu: undefined,
  preview: undefined,
}))

const { setState, getState } = useCanvas

let leaveTimer: ReturnType<typeof setTimeout> | undefined

/** Names a port among all ports of the canvas. */
export function portKey(nodeId: string, portId: string): string {
  return `${nodeId} ${portId}`
}

/** All that changes the canvas's own state. */
export const canvasState = {
  hoverNode(hoveredNodeId: string | undefined): void {
    setState({ hoveredNodeId })
  },
  /** The buttons of an edge stand beside it: they stay for the moment it takes to reach them. */
  hoverEdge(hoveredEdgeId: string | undefined): void {
    clearTimeout(leaveTimer)
    if (hoveredEdgeId !== undefined) setState({ hoveredEdgeId })
    else leaveTimer = setTimeout(() => setState({ hoveredEdgeId }), 250)
  },
  hoverPort(hoveredPort: HoveredPort | undefined, partnerPorts: ReadonlySet<string>): void {
    setState({ hoveredPort, partnerPorts })
  },
  focusEdge(focusedEdgeId: string | undefined): void {
    setState({ focusedEdgeId })
  },
  showSplice(spliceEdgeId: string | undefined): void {
    setState({ spliceEdgeId })
  },
  /** Shows a card's folded inputs, or folds them again. */
  toggleExpanded(nodeId: string): void {
    const expanded = new Set(getState().expanded)
    if (!expanded.delete(nodeId)) expanded.add(nodeId)
    setState({ expanded })
  },
  drag(dragged: CanvasState['dragged'], guides: readonly GuideLine[] = []): void {
    setState({ dragged, guides })
  },
  /** Ends a drag and tells where it led. */
  drop(): CanvasState['dragged'] {
    const { dragged } = getState()
    setState({ dragged: nowhere, guides: [] })
    return dragged
  },
  resize(resized: CanvasState['resized']): void {
    setState({ resized })
  },
  /** Turns the text of a note into a field; `undefined` turns it back. */
  editNote(editingNoteId: string | undefined): void {
    setState({ editingNoteId })
  },
  drawWire(wire: Wire | undefined): void {
    setState({ wire })
  },
  openWireMenu(wireMenu: WireMenu | undefined): void {
    setState({ wireMenu, preview: undefined })
  },
  showPreview(preview: Flow | undefined): void {
    setState({ preview })
  },
}
