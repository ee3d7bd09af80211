import { Play, Plus, Square, SquareTerminal } from 'lucide-react'
import { CommandButton } from '../commands/command-button.tsx'
import { keysOf, runCommand, type CommandId } from '../commands/commands.ts'
import { useIsChatFlow } from '../document/use-is-chat-flow.ts'
import { pinsLabel } from '../pins/pin-words.ts'
import { useUsedPins } from '../pins/pinned-nodes.ts'
import { PinsMenu } from '../pins/pins-menu.tsx'
import { PublishButton } from '../publish/publish-button.tsx'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import { SavedState } from '../saving/saved-state.tsx'
import { Button } from '../ui/button.tsx'
import { BackLink } from './back-link.tsx'
import { DesignerMenu } from './designer-menu.tsx'
import { FlowName } from './flow-name.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { useFolded } from './use-folded.ts'
import styles from './top-bar.module.css'

/** The bar over the designer. */
export function TopBar() {
  const folded = useFolded()
  const isShown = (id: CommandId) => !folded.includes(id)
  return (
    <header className={styles.bar} data-region="bar">
      <div className={styles.start}>
        <BackLink href="/" aria-label="Back to Flows">
          <span className={styles.wide}>Flows</span>
        </BackLink>
        <i className={styles.line} aria-hidden />
        <FlowName />
        <SavedState />
      </div>
      <div className={styles.middle}>
        {isShown('nodes') && (
          <>
            <CommandButton command="nodes" />
            <CommandButton command="outline" />
            <CommandButton command="find" />
            <i className={styles.line} aria-hidden />
          </>
        )}
        {isShown('undo') && (
          <>
            <CommandButton command="undo" />
            <CommandButton command="redo" />
          </>
        )}
        <Button
          variant="quiet"
          icon={<Plus size={16} aria-hidden />}
          shortcut={keysOf('add') ?? ''}
          data-tour="add"
          onClick={() => runCommand('add')}
        >
          <span className={styles.wide}>Add node</span>
        </Button>
      </div>
      <div className={styles.end}>
        <ChatButton />
        {isShown('propertiesPanel') && <CommandButton command="propertiesPanel" />}
        {isShown('themeLight') && <ThemeMenu />}
        <DesignerMenu folded={folded} />
        <PinsMenu />
        <PublishButton textClass={styles.wide} />
        <RunButton />
      </div>
    </header>
  )
}

function ChatButton() {
  const isChat = useIsChatFlow()
  return (
    <CommandButton command="chat">
      {isChat ? undefined : <SquareTerminal size={16} aria-hidden />}
    </CommandButton>
  )
}

function RunButton() {
  const isRunning = useRun(selectIsRunning)
  const pins = useUsedPins()
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
      shortcut={keysOf('run') ?? ''}
      data-tour="run"
      onClick={() => runCommand('run')}
    >
      {isRunning ? (
        'Stop'
      ) : (
        <span>Run{pins > 0 && <span className={styles.wide}> {pinsLabel(pins)}</span>}</span>
      )}
    </Button>
  )
}
