import { create } from 'zustand'
import { sessionCommands } from '../session/session-store.ts'

/** What is looked at of one node in one run; what is `undefined` is chosen by what there is. */
export interface Choice {
  readonly nodeId: string
  /** In another run the visit and what hangs on it are chosen anew. */
  readonly runId: string | undefined
  readonly visit: number | undefined
  readonly partId: string | undefined
  /** The index in the list of iterations. */
  readonly iteration: number | undefined
}

/** What the inspector shows: the visits of one node, or the times of the run. */
export interface InspectState {
  readonly view: 'visits' | 'times'
  readonly nodeId: string | undefined
  /** It stays with its node, whatever is selected. */
  readonly isHeld: boolean
  /** It fills the window, but for the bars. */
  readonly isMaximised: boolean
  readonly choice: Choice | undefined
  /** How often it was asked for: then it takes the focus. */
  readonly asked: number
}

/** The store of the inspector, read through selectors. */
export const useInspect = create<InspectState>()(() => ({
  view: 'visits',
  nodeId: undefined,
  isHeld: false,
  isMaximised: false,
  choice: undefined,
  asked: 0,
}))

const { setState } = useInspect

/** All that changes what the inspector shows. */
export const inspectCommands = {
  /** Opens the visits of a node, and takes the keyboard there. */
  open(nodeId: string): void {
    setState(({ asked }) => ({ nodeId, view: 'visits', isHeld: false, asked: asked + 1 }))
    sessionCommands.openBottomPanel('inspect')
  },
  /** Goes along with the selection, unless it is held. */
  follow(nodeId: string): void {
    setState((state) => (state.isHeld || state.nodeId === nodeId ? state : { nodeId }))
  },
  show(view: InspectState['view']): void {
    setState({ view })
  },
  /** Shows a visit of a node, whichever was shown. */
  showVisit(nodeId: string, runId: string | undefined, visit: number): void {
    const choice = { nodeId, runId, visit, partId: undefined, iteration: undefined }
    setState({ nodeId, view: 'visits', choice })
  },
  choose(choice: Choice): void {
    setState({ choice })
  },
  toggleHeld(): void {
    setState(({ isHeld }) => ({ isHeld: !isHeld }))
  },
  toggleMaximised(): void {
    setState(({ isMaximised }) => ({ isMaximised: !isMaximised }))
  },
}
