import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
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
      <button type="button" onClick={() => focusRegion('canvas')}>
        Skip to the canvas
      </button>
      {leftPanel !== undefined && (
        <button type="button" onClick={() => focusRegion('left')}>
          Skip to the left panel
        </button>
      )}
      {isPropertiesOpen && (
        <button type="button" onClick={() => skipInSide('properties')}>
          Skip to the properties
        </button>
      )}
      {isChatOpen && (
        <button type="button" onClick={() => skipInSide('chat')}>
          Skip to the preview
        </button>
      )}
    </nav>
  )
}

/** The view may stand behind the other one, and comes to the front with the next frame. */
function skipInSide(view: 'properties' | 'chat'): void {
  sessionCommands.showInSide(view)
  requestAnimationFrame(() => focusRegion(view))
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
