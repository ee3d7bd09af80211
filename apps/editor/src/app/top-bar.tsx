import {
  ChevronLeft,
  MessageSquare,
  PanelRight,
  Play,
  Plus,
  Redo2,
  Square,
  SquareTerminal,
  Undo2,
} from 'lucide-react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { useIsChatFlow } from '../document/use-is-chat-flow.ts'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import { SavedState } from '../saving/saved-state.tsx'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { DesignerMenu } from './designer-menu.tsx'
import { FlowName } from './flow-name.tsx'
import { Link } from './link.tsx'
import { placePanels, usePanelLayout, type PanelLayout } from './panel-layout.ts'
import { runOrStop } from './run-flow.ts'
import { ThemeMenu } from './theme-menu.tsx'
import styles from './top-bar.module.css'

/** The bar over the designer. */
export function TopBar() {
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <Link href="/" className={styles.back} aria-label="Back to Flows">
          <ChevronLeft size={16} aria-hidden />
          <span className={styles.wide}>Flows</span>
        </Link>
        <i className={styles.line} aria-hidden />
        <FlowName />
        <SavedState />
      </div>
      <div className={styles.middle}>
        <HistoryButtons />
        <Button
          variant="quiet"
          icon={<Plus size={16} aria-hidden />}
          shortcut="N"
          onClick={() => sessionCommands.openPicker()}
        >
          <span className={styles.wide}>Add node</span>
        </Button>
      </div>
      <div className={styles.end}>
        <PanelButtons />
        <span className={styles.spare}>
          <ThemeMenu />
        </span>
        <DesignerMenu />
        <RunButton />
      </div>
    </header>
  )
}

function HistoryButtons() {
  const canUndo = useDocument(selectCanUndo)
  const canRedo = useDocument(selectCanRedo)
  const undoes = useDocument(selectUndoes)
  const redoes = useDocument(selectRedoes)
  return (
    <>
      <IconButton
        label={undoes === undefined ? 'Undo' : `Undo: ${undoes}`}
        shortcut="Ctrl+Z"
        disabled={!canUndo}
        onClick={() => documentCommands.undo()}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={redoes === undefined ? 'Redo' : `Redo: ${redoes}`}
        shortcut="Ctrl+Shift+Z"
        disabled={!canRedo}
        onClick={() => documentCommands.redo()}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </>
  )
}

function PanelButtons() {
  const isChatOpen = useSession(selectIsChatOpen)
  const isPropertiesOpen = usePanelLayout(selectIsPropertiesOpen)
  const isChat = useIsChatFlow()
  return (
    <>
      <IconButton
        label={isChat ? 'Chat preview' : 'Output'}
        isPressed={isChatOpen}
        onClick={() => sessionCommands.setChatOpen(!isChatOpen)}
      >
        {isChat ? (
          <MessageSquare size={16} aria-hidden />
        ) : (
          <SquareTerminal size={16} aria-hidden />
        )}
      </IconButton>
      <IconButton
        label="Properties"
        isPressed={isPropertiesOpen}
        onClick={() => placePanels({ isPropertiesOpen: !isPropertiesOpen })}
      >
        <PanelRight size={16} aria-hidden />
      </IconButton>
    </>
  )
}

function RunButton() {
  const isRunning = useRun(selectIsRunning)
  return (
    <Button
      variant={isRunning ? 'secondary' : 'primary'}
      className={styles.run}
      icon={
        isRunning ? (
          <Square size={13} fill="currentColor" aria-hidden />
        ) : (
          <Play size={14} fill="currentColor" aria-hidden />
        )
      }
      data-running={isRunning || undefined}
      shortcut="Ctrl+Enter"
      onClick={runOrStop}
    >
      {isRunning ? 'Stop' : 'Run'}
    </Button>
  )
}

function selectCanUndo(state: DocumentState): boolean {
  return state.canUndo
}

function selectCanRedo(state: DocumentState): boolean {
  return state.canRedo
}

function selectUndoes(state: DocumentState): string | undefined {
  return state.history.past[0]?.label
}

function selectRedoes(state: DocumentState): string | undefined {
  return state.history.future[0]?.label
}

function selectIsChatOpen(state: SessionState): boolean {
  return state.isChatOpen
}

function selectIsPropertiesOpen(state: PanelLayout): boolean {
  return state.isPropertiesOpen
}
