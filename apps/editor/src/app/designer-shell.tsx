import { useEffect, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { Canvas } from '../canvas/canvas.tsx'
import { useShortcuts } from '../canvas/use-shortcuts.ts'
import { ChatPreview } from '../chat/chat-preview.tsx'
import { PropertiesPanel } from '../properties/properties-panel.tsx'
import { ConflictDialog } from '../saving/conflict-dialog.tsx'
import { saver, useSaving } from '../saving/saving.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { BottomBar, BottomContent } from './bottom-panel.tsx'
import styles from './designer-shell.module.css'
import { ErrorBoundary } from './error-boundary.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { placePanels, usePanelLayout, type PanelLayout } from './panel-layout.ts'
import { runExample, runOrStop } from './run-flow.ts'
import { TopBar } from './top-bar.tsx'
import { useMediaQuery } from './use-media-query.ts'

interface DesignerShellProps {
  readonly isExampleRun: boolean
}

/** The designer of the open document: bars, panels and the canvas among them. */
export function DesignerShell({ isExampleRun }: DesignerShellProps) {
  useSaving()
  useShortcuts({ run: runOrStop, save: () => void saver.save() })
  useEffect(() => {
    if (isExampleRun) runExample()
  }, [isExampleRun])
  const isChatOpen = useSession(selectIsChatOpen)
  const isBottomOpen = useSession(selectIsBottomOpen)
  const isPropertiesOpen = usePanelLayout(selectIsPropertiesOpen)
  const isNarrow = useMediaQuery('(max-width: 899px)')
  const isWide = useMediaQuery('(min-width: 1280px)')
  const { propertiesWidth, chatWidth, bottomHeight } = usePanelLayout.getState()

  const chat = (
    <ErrorBoundary name="The chat preview">
      <ChatPreview />
    </ErrorBoundary>
  )
  const properties = (
    <ErrorBoundary name="The properties panel">
      <PropertiesPanel />
    </ErrorBoundary>
  )
  return (
    <div className={styles.shell}>
      <TopBar />
      <OfflineBanner />
      <div className={styles.middle}>
        <Group orientation="horizontal" className={styles.group ?? ''}>
          <Panel id="centre" minSize={320} className={styles.centre ?? ''}>
            <Group orientation="vertical">
              <Panel id="canvas" minSize={160} className={styles.canvas ?? ''}>
                <main className={styles.main} aria-label="Designer">
                  <ErrorBoundary name="The canvas">
                    <Canvas />
                  </ErrorBoundary>
                  {isChatOpen && !isWide && (
                    <aside className={styles.floating} aria-label="Chat preview">
                      {chat}
                    </aside>
                  )}
                </main>
              </Panel>
              {isBottomOpen && (
                <>
                  <Divider name="bottom panel" />
                  <Panel
                    id="bottom"
                    defaultSize={bottomHeight}
                    minSize={120}
                    maxSize="70%"
                    groupResizeBehavior="preserve-pixel-size"
                    className={styles.bottom ?? ''}
                    onResize={({ inPixels }) => placePanels({ bottomHeight: inPixels })}
                  >
                    <ErrorBoundary name="This panel">
                      <BottomContent />
                    </ErrorBoundary>
                  </Panel>
                </>
              )}
            </Group>
          </Panel>
          {isChatOpen && isWide && (
            <Side
              id="chat"
              name="Chat preview"
              width={chatWidth}
              range={[300, 560]}
              onWidth={keepChat}
            >
              {chat}
            </Side>
          )}
          {isPropertiesOpen && !isNarrow && (
            <Side
              id="properties"
              name="Properties"
              width={propertiesWidth}
              range={[280, 520]}
              onWidth={keepProperties}
            >
              {properties}
            </Side>
          )}
        </Group>
        {isPropertiesOpen && isNarrow && (
          <aside className={styles.drawer} aria-label="Properties">
            {properties}
          </aside>
        )}
      </div>
      <BottomBar />
      <ConflictDialog />
    </div>
  )
}

interface SideProps {
  readonly id: string
  readonly name: string
  readonly width: number
  readonly range: readonly [minimum: number, maximum: number]
  readonly onWidth: (width: number) => void
  readonly children: ReactNode
}

function Side({ id, name, width, range, onWidth, children }: SideProps) {
  return (
    <>
      <Divider name={name} />
      <Panel
        id={id}
        defaultSize={width}
        minSize={range[0]}
        maxSize={range[1]}
        groupResizeBehavior="preserve-pixel-size"
        className={styles.side ?? ''}
        onResize={({ inPixels }) => onWidth(inPixels)}
      >
        <aside className={styles.sideContent} aria-label={name}>
          {children}
        </aside>
      </Panel>
    </>
  )
}

function Divider({ name }: { readonly name: string }) {
  return (
    <Separator className={styles.divider ?? ''} aria-label={`Resize the ${name.toLowerCase()}`} />
  )
}

function keepChat(chatWidth: number): void {
  placePanels({ chatWidth })
}

function keepProperties(propertiesWidth: number): void {
  placePanels({ propertiesWidth })
}

function selectIsChatOpen(state: SessionState): boolean {
  return state.isChatOpen
}

function selectIsBottomOpen(state: SessionState): boolean {
  return state.bottomPanel !== undefined
}

function selectIsPropertiesOpen(state: PanelLayout): boolean {
  return state.isPropertiesOpen
}
