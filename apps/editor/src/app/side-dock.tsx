import type { ReactNode } from 'react'
import { LazyChatPreview } from '../chat/lazy-chat-preview.tsx'
import { useIsChatFlow } from '../document/use-is-chat-flow.ts'
import { PropertiesPanel } from '../properties/properties-panel.tsx'
import { LazyRanNode } from '../replay/lazy-ran-node.tsx'
import { selectRanFlow, useOpenedRun } from '../replay/opened-run.ts'
import {
  sessionCommands,
  useSession,
  type SessionState,
  type SideView,
} from '../session/session-store.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './side-dock.module.css'

interface SideDockProps {
  readonly isChatOpen: boolean
  readonly isPropertiesOpen: boolean
}

/**
 * The column at the right in windows that have room for one: the properties, the chat, or both
 * behind two tabs. What a designer does brings the view to the front that it is about.
 */
export function SideDock({ isChatOpen, isPropertiesOpen }: SideDockProps) {
  const wanted = useSession(selectSideView)
  const hasBoth = isChatOpen && isPropertiesOpen
  const shown: SideView = hasBoth ? wanted : isChatOpen ? 'chat' : 'properties'
  return (
    <div className={styles.dock}>
      {hasBoth && (
        <div className={styles.tabs} role="tablist" aria-label="Side panel">
          <DockTab view="properties" shown={shown} />
          <DockTab view="chat" shown={shown} />
        </div>
      )}
      {isPropertiesOpen && (
        <View name="properties" shown={shown} hasTab={hasBoth}>
          <Properties />
        </View>
      )}
      {isChatOpen && (
        <View name="chat" shown={shown} hasTab={hasBoth}>
          <Chat />
        </View>
      )}
    </div>
  )
}

interface ViewProps {
  readonly name: SideView
  readonly shown: SideView
  readonly hasTab: boolean
  readonly children: ReactNode
}

/** Stays in the page while the other one is shown, so that it keeps its place. */
function View({ name, shown, hasTab, children }: ViewProps) {
  return (
    <div
      id={`dock-${name}`}
      className={styles.view}
      hidden={name !== shown}
      data-region={name}
      {...(hasTab ? { role: 'tabpanel', 'aria-labelledby': `dock-${name}-tab` } : {})}
    >
      {children}
    </div>
  )
}

interface DockTabProps {
  readonly view: SideView
  readonly shown: SideView
}

function DockTab({ view, shown }: DockTabProps) {
  const isChat = useIsChatFlow()
  return (
    <button
      type="button"
      role="tab"
      className={styles.tab}
      aria-selected={view === shown}
      aria-controls={`dock-${view}`}
      id={`dock-${view}-tab`}
      tabIndex={view === shown ? 0 : -1}
      onClick={() => sessionCommands.showInSide(view)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        const other = view === 'chat' ? 'properties' : 'chat'
        sessionCommands.showInSide(other)
        document.getElementById(`dock-${other}-tab`)?.focus()
      }}
    >
      {view === 'properties' ? 'Properties' : isChat ? 'Chat preview' : 'Output'}
    </button>
  )
}

/** The preview, kept apart from a defect elsewhere. */
export function Chat() {
  return (
    <ErrorBoundary name="The preview">
      <LazyChatPreview />
    </ErrorBoundary>
  )
}

/** The properties panel, or what a node was when it ran, kept apart from a defect elsewhere. */
export function Properties() {
  const ranFlow = useOpenedRun(selectRanFlow)
  return (
    <ErrorBoundary name="The properties panel">
      {ranFlow === undefined ? <PropertiesPanel /> : <LazyRanNode flow={ranFlow} />}
    </ErrorBoundary>
  )
}

function selectSideView(state: SessionState): SideView {
  return state.sideView
}
