import { create } from 'zustand'

/** A wire that is being drawn. */
export interface Wire {
  /** Where it starts: the node, and the id of the port on its card. */
  readonly nodeId: string
  readonly portId: string
  /** The ports it may end at, as `portKey` writes them. */
  readonly fitting: ReadonlySet<string>
}

/** What the pointer does on the canvas: of no interest to anybody else, gone with the tab. */
interface CanvasState {
  readonly hoveredNodeId: string | undefined
  readonly hoveredEdgeId: string | undefined
  /** Nodes whose unset optional inputs are shown. */
  readonly expanded: ReadonlySet<string>
  readonly dragged: ReadonlyMap<string, { readonly x: number; readonly y: number }>
  readonly wire: Wire | undefined
}

const nowhere: CanvasState['dragged'] = new Map()

/** The canvas's own store, read through selectors. */
export const useCanvas = create<CanvasState>()(() => ({
  hoveredNodeId: undefined,
  hoveredEdgeId: undefined,
  expanded: new Set<string>(),
  dragged: nowhere,
  wire: undefined,
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
  /** Shows a card's folded inputs, or folds them again. */
  toggleExpanded(nodeId: string): void {
    const expanded = new Set(getState().expanded)
    if (!expanded.delete(nodeId)) expanded.add(nodeId)
    setState({ expanded })
  },
  drag(moved: Iterable<readonly [string, { readonly x: number; readonly y: number }]>): void {
    setState({ dragged: new Map([...getState().dragged, ...moved]) })
  },
  /** Ends a drag and tells where it led. */
  drop(): CanvasState['dragged'] {
    const { dragged } = getState()
    setState({ dragged: nowhere })
    return dragged
  },
  drawWire(wire: Wire | undefined): void {
    setState({ wire })
  },
}
