import { useEffect, useState } from 'react'
import { ChatPreview } from '../chat/chat-preview.tsx'
import { PropertiesPanel } from '../properties/properties-panel.tsx'
import { useSession } from '../session/session-store.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './side-dock.module.css'

type View = 'properties' | 'chat'

interface SideDockProps {
  readonly isChatOpen: boolean
  readonly isPropertiesOpen: boolean
}

/**
 * The column at the right in windows that have room for one: the properties, the chat, or both
 * behind two tabs. What a designer does brings the view to the front that it is about.
 */
export function SideDock({ isChatOpen, isPropertiesOpen }: SideDockProps) {
  const [wanted, setWanted] = useState<View>(isChatOpen ? 'chat' : 'properties')
  useEffect(
    () =>
      useSession.subscribe((now, before) => {
        if (now.isChatOpen && !before.isChatOpen) setWanted('chat')
        const isLed = now.focus !== before.focus && now.focus !== undefined
        const isSelected =
          now.selectedNodeIds !== before.selectedNodeIds && now.selectedNodeIds.size > 0
        if (isLed || isSelected) setWanted('properties')
      }),
    [],
  )
  const hasBoth = isChatOpen && isPropertiesOpen
  const shown: View = hasBoth ? wanted : isChatOpen ? 'chat' : 'properties'
  return (
    <div className={styles.dock}>
      {hasBoth && (
        <div className={styles.tabs} role="tablist" aria-label="Side panel">
          <DockTab view="properties" shown={shown} onChoose={setWanted} />
          <DockTab view="chat" shown={shown} onChoose={setWanted} />
        </div>
      )}
      {isPropertiesOpen && (
        <div className={styles.view} hidden={shown !== 'properties'} id="dock-properties">
          <Properties />
        </div>
      )}
      {isChatOpen && (
        <div className={styles.view} hidden={shown !== 'chat'} id="dock-chat">
          <Chat />
        </div>
      )}
    </div>
  )
}

interface DockTabProps {
  readonly view: View
  readonly shown: View
  readonly onChoose: (view: View) => void
}

function DockTab({ view, shown, onChoose }: DockTabProps) {
  return (
    <button
      type="button"
      role="tab"
      className={styles.tab}
      aria-selected={view === shown}
      aria-controls={`dock-${view}`}
      onClick={() => onChoose(view)}
    >
      {view === 'chat' ? 'Chat preview' : 'Properties'}
    </button>
  )
}

/** The chat preview, kept apart from a defect elsewhere. */
export function Chat() {
  return (
    <ErrorBoundary name="The chat preview">
      <ChatPreview />
    </ErrorBoundary>
  )
}

/** The properties panel, kept apart from a defect elsewhere. */
export function Properties() {
  return (
    <ErrorBoundary name="The properties panel">
      <PropertiesPanel />
    </ErrorBoundary>
  )
}
