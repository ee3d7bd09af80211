import {
  sessionCommands,
  useSession,
  type SessionState,
  type SideView,
} from '../session/session-store.ts'
import { usePanelLayout, type PanelLayout } from './panel-layout.ts'
import { focusRegion } from './regions.ts'
import styles from './skip-links.module.css'

/** What Tab reaches first in the designer, and what is seen only then. */
export function SkipLinks() {
  const leftPanel = usePanelLayout(selectLeftPanel)
  const isPropertiesOpen = usePanelLayout(selectIsPropertiesOpen)
  const isChatOpen = useSession(selectIsChatOpen)
  return (
    <nav className={styles.links} aria-label="Skip">
      <SkipLink to="canvas">Skip to the canvas</SkipLink>
      {leftPanel !== undefined && <SkipLink to="left">Skip to the left panel</SkipLink>}
      {isPropertiesOpen && <SkipLink to="properties">Skip to the properties</SkipLink>}
      {isChatOpen && <SkipLink to="chat">Skip to the preview</SkipLink>}
    </nav>
  )
}

type Target = 'canvas' | 'left' | SideView

function SkipLink({ to, children }: { readonly to: Target; readonly children: string }) {
  return (
    <a
      href={`#${to}`}
      onClick={(event) => {
        event.preventDefault()
        skip(to)
      }}
    >
      {children}
    </a>
  )
}

function skip(to: Target): void {
  if (to === 'canvas' || to === 'left') {
    focusRegion(to)
    return
  }
  // The view may stand behind the other one, and comes to the front with the next frame.
  sessionCommands.showInSide(to)
  requestAnimationFrame(() => focusRegion(to))
}

function selectLeftPanel(state: PanelLayout): PanelLayout['leftPanel'] {
  return state.leftPanel
}

function selectIsPropertiesOpen(state: PanelLayout): boolean {
  return state.isPropertiesOpen
}

function selectIsChatOpen(state: SessionState): boolean {
  return state.isChatOpen
}
