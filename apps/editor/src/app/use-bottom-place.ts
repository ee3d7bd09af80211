import { useInspect } from '../inspect/inspect-store.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { placePanels, usePanelLayout } from './panel-layout.ts'

interface BottomPlace {
  /** Its height in pixels. */
  readonly size: number
  readonly range: readonly [minimum: number, maximum: number]
  readonly onSize: (size: number) => void
  /** It covers the canvas. */
  readonly isMaximised: boolean
}

/** How high the panel at the bottom is; the inspector has a height of its own. */
export function useBottomPlace(): BottomPlace {
  const isInspector = useSession(selectIsInspector)
  const isMaximised = useInspect((inspect) => inspect.isMaximised)
  const { bottomHeight, inspectorHeight } = usePanelLayout()
  return isInspector
    ? { ...inspectorPlace, size: inspectorHeight, isMaximised }
    : { ...otherPlace, size: bottomHeight, isMaximised: false }
}

const inspectorPlace = {
  range: [160, 900],
  onSize: (inspectorHeight: number) => placePanels({ inspectorHeight }),
} as const
const otherPlace = {
  range: [120, 640],
  onSize: (bottomHeight: number) => placePanels({ bottomHeight }),
} as const

function selectIsInspector({ bottomPanel }: SessionState): boolean {
  return bottomPanel === 'inspect'
}
