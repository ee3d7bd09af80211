import { useEffect, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { Announcer } from '../announce/announcer.tsx'
import { Canvas } from '../canvas/canvas.tsx'
import { LazyCommandPalette } from '../commands/lazy-command-palette.tsx'
import { LazyHelpSheet } from '../commands/lazy-help-sheet.tsx'
import { useCommandKeys } from '../commands/use-command-keys.ts'
import { useIsChatFlow } from '../document/use-is-chat-flow.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { BottomBar, BottomContent } from './bottom-panel.tsx'
import styles from './designer-shell.module.css'
import { ErrorBoundary } from './error-boundary.tsx'
import { ImportIntoFlow } from './import-into-flow.tsx'
import { LeftDock } from './left-dock.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { placePanels, usePanelLayout, type PanelLayout } from './panel-layout.ts'
import { runExample } from './run-flow.ts'
import { Chat, Properties, SideDock } from './side-dock.tsx'
import { SkipLinks } from './skip-links.tsx'
import { TopBar } from './top-bar.tsx'
import { useMediaQuery } from './use-media-query.ts'
import { usePreloadWhenIdle } from './use-preload-when-idle.ts'

interface DesignerShellProps {
  readonly isExampleRun: boolean
}

/** The designer of the open document: bars, panels and the canvas among them. */
export function DesignerShell({ isExampleRun }: DesignerShellProps) {
  useCommandKeys()
  usePreloadWhenIdle()
  useEffect(() => {
    if (isExampleRun) runExample()
  }, [isExampleRun])
  const isChatOpen = useSession(selectIsChatOpen)
  const isChat = useIsChatFlow()
  const isBottomOpen = useSession(selectIsBottomOpen)
  const isPropertiesOpen = usePanelLayout(selectIsPropertiesOpen)
  const leftPanel = usePanelLayout(selectLeftPanel)
  const isNarrow = useMediaQuery('(max-width: 899px)')
  const isWide = useMediaQuery('(min-width: 1600px)')
  const { propertiesWidth, chatWidth, bottomHeight, leftWidth } = usePanelLayout.getState()
  const isDockOpen = isChatOpen || isPropertiesOpen

  return (
    <div className={styles.shell}>
      <SkipLinks />
      <TopBar />
      <OfflineBanner>
        Go on editing: your work is kept in this browser and saved when it is back. Runs have to
        wait.
      </OfflineBanner>
      <main className={styles.middle} aria-label="Designer">
        {leftPanel !== undefined && (
          <Dock side="left" isOverCanvas={isNarrow}>
            <LeftDock view={leftPanel} />
          </Dock>
        )}
        <Group orientation="horizontal" className={styles.group ?? ''}>
          {leftPanel !== undefined && !isNarrow && (
            <>
              <Panel
                id="left"
                defaultSize={leftWidth}
                minSize={220}
                maxSize={480}
                groupResizeBehavior="preserve-pixel-size"
                className={styles.side ?? ''}
                onResize={({ inPixels }) => placePanels({ leftWidth: inPixels })}
              />
              <Divider name="left panel" />
            </>
          )}
          <Panel id="centre" minSize={320} className={styles.centre ?? ''}>
            <Group orientation="vertical">
              <Panel id="canvas" minSize={160} className={styles.centre ?? ''}>
                <div className={styles.canvas} data-region="canvas">
                  <ErrorBoundary name="The canvas">
                    <Canvas />
                  </ErrorBoundary>
                </div>
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
                    className={styles.side ?? ''}
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
          {isWide && isChatOpen && (
            <Side
              id="chat"
              name={isChat ? 'Chat preview' : 'Output'}
              width={chatWidth}
              range={[300, 560]}
              onWidth={keepChat}
            >
              <Chat />
            </Side>
          )}
          {isWide && isPropertiesOpen && (
            <Side {...dockPlace} name="Properties" width={propertiesWidth}>
              <Properties />
            </Side>
          )}
          {!isWide && !isNarrow && isDockOpen && (
            <Side {...dockPlace} name="Side panel" width={propertiesWidth} />
          )}
        </Group>
        {!isWide && isDockOpen && (
          <Dock side="right" isOverCanvas={isNarrow}>
            <SideDock isChatOpen={isChatOpen} isPropertiesOpen={isPropertiesOpen} />
          </Dock>
        )}
      </main>
      <BottomBar />
      <Announcer />
      <LazyCommandPalette />
      <LazyHelpSheet />
      <ImportIntoFlow />
    </div>
  )
}

interface SideProps {
  readonly id: string
  readonly name: string
  readonly width: number
  readonly range: readonly [minimum: number, maximum: number]
  readonly onWidth: (width: number) => void
  /** Without any, it is the room for the dock, which lies over it. */
  readonly children?: ReactNode
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
        {children !== undefined && (
          <section className={styles.sideContent} aria-label={name} data-region={id}>
            {children}
          </section>
        )}
      </Panel>
    </>
  )
}

interface DockProps {
  readonly side: 'left' | 'right'
  readonly isOverCanvas: boolean
  readonly children: ReactNode
}

/**
 * At one edge, over room of its own or, in a window that has none to give, over the canvas
 * but not over the panel below it.
 * The same elements in both, so a window that is resized or zoomed takes no draft and no focus away.
 */
function Dock({ side, isOverCanvas, children }: DockProps) {
  const { propertiesWidth, leftWidth, bottomHeight } = usePanelLayout()
  const isBottomOpen = useSession(selectIsBottomOpen)
  const overCanvas = { bottom: isBottomOpen ? bottomHeight : 0 }
  return (
    <section
      className={styles.dock}
      data-side={side}
      data-region={side === 'left' ? 'left' : undefined}
      data-over-canvas={isOverCanvas || undefined}
      style={isOverCanvas ? overCanvas : { width: side === 'left' ? leftWidth : propertiesWidth }}
      aria-label={side === 'left' ? 'Left panel' : 'Side panel'}
    >
      {children}
    </section>
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

const dockPlace = {
  id: 'properties',
  range: [280, 520],
  onWidth: (propertiesWidth: number) => placePanels({ propertiesWidth }),
} as const

function selectIsChatOpen(state: SessionState): boolean {
  return state.isChatOpen
}

function selectIsBottomOpen(state: SessionState): boolean {
  return state.bottomPanel !== undefined
}

function selectLeftPanel(state: PanelLayout): PanelLayout['leftPanel'] {
  return state.leftPanel
}

function selectIsPropertiesOpen(state: PanelLayout): boolean {
  return state.isPropertiesOpen
}
