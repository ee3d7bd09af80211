import type { Flow } from '@millrace/flow'
import { useEffect, type ReactNode } from 'react'
import { Announcer } from '../announce/announcer.tsx'
import { Canvas } from '../canvas/canvas.tsx'
import { LazyCommandPalette } from '../commands/lazy-command-palette.tsx'
import { LazyHelpSheet } from '../commands/lazy-help-sheet.tsx'
import { useCommandKeys } from '../commands/use-command-keys.ts'
import { useIsChatFlow } from '../document/use-is-chat-flow.ts'
import { LazyRanView } from '../canvas/react-flow/lazy-ran-view.tsx'
import { LazyRunComparison } from '../compare-runs/lazy-run-comparison.tsx'
import { LazyOpenedRun } from '../replay/lazy-opened-run.tsx'
import { LazyReplayBar } from '../replay/lazy-replay-bar.tsx'
import { selectRanFlow, useOpenedRun } from '../replay/opened-run.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { LazyTour } from '../tour/lazy-tour.tsx'
import { BottomBar, BottomContent } from './bottom-panel.tsx'
import styles from './designer-shell.module.css'
import { ErrorBoundary } from './error-boundary.tsx'
import { ImportIntoFlow } from './import-into-flow.tsx'
import { LeftDock } from './left-dock.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { giveRunRoom } from './give-run-room.ts'
import { leaveCanvasFree, narrowWindow } from './narrow-window.ts'
import { PageHeader } from './page-header.tsx'
import { placePanels, usePanelLayout, type PanelLayout } from './panel-layout.ts'
import { runExample } from './run-flow.ts'
import { Chat, Properties, SideDock } from './side-dock.tsx'
import { SidePanel } from './side-panel.tsx'
import { SkipLinks } from './skip-links.tsx'
import { TopBar } from './top-bar.tsx'
import { useBottomPlace } from './use-bottom-place.ts'
import { useHeightBelow } from './use-height-below.ts'
import { useMediaQuery } from './use-media-query.ts'
import { usePreloadWhenIdle } from './use-preload-when-idle.ts'

interface DesignerShellProps {
  readonly isExampleRun: boolean
  /** The run that the address names. */
  readonly runId: string | undefined
  /** The run that it is compared with. */
  readonly comparedId: string | undefined
  /** Given where the flow is no longer there, and what a run of it ran is only looked at. */
  readonly gone?: { readonly ran: Flow; readonly actions: ReactNode }
}

/** The designer of the open document: bars, panels and the canvas among them. */
export function DesignerShell({ isExampleRun, runId, comparedId, gone }: DesignerShellProps) {
  useCommandKeys()
  usePreloadWhenIdle()
  useEffect(leaveCanvasFree, [])
  useEffect(() => {
    if (isExampleRun) runExample()
  }, [isExampleRun])
  // A comparison is wide, and about no one run.
  const isComparing = runId !== undefined && comparedId !== undefined
  const isChatOpen = useSession(selectIsChatOpen) && !isComparing && gone === undefined
  const isChat = useIsChatFlow()
  const isBottomOpen = useSession(selectIsBottomOpen)
  const isPropertiesOpen = usePanelLayout(selectIsPropertiesOpen) && !isComparing
  const ranFlow = useOpenedRun(selectRanFlow) ?? gone?.ran
  const wantedLeft = usePanelLayout(selectLeftPanel)
  // What is at the left is of the document, which is not on the canvas then.
  const leftPanel = ranFlow === undefined && !isComparing ? wantedLeft : undefined
  const isNarrow = useMediaQuery(narrowWindow)
  const isWide = useMediaQuery('(min-width: 1600px)')
  const isRunCovered = isNarrow && runId !== undefined && !isComparing
  useEffect(() => (isRunCovered ? giveRunRoom() : undefined), [isRunCovered])
  const { propertiesWidth, chatWidth, leftWidth } = usePanelLayout()
  const bottomPlace = useBottomPlace()
  const [canvas, belowCanvas] = useHeightBelow()
  const isCanvasCovered = isBottomOpen && bottomPlace.isMaximised
  const chatName = isChat ? 'Chat preview' : 'Output'
  const isDockOpen = isChatOpen || isPropertiesOpen

  return (
    <div className={styles.shell}>
      <SkipLinks />
      {gone === undefined ? <TopBar /> : <GoneBar name={gone.ran.name} />}
      <OfflineBanner>
        Go on editing: your work is kept in this browser and saved when it is back. Runs have to
        wait.
      </OfflineBanner>
      {runId !== undefined && <LazyOpenedRun runId={runId} goneActions={gone?.actions} />}
      <main className={styles.middle} aria-label="Designer">
        {leftPanel !== undefined && (
          <Dock side="left" isOverCanvas={isNarrow} belowCanvas={belowCanvas}>
            <LeftDock view={leftPanel} />
          </Dock>
        )}
        <div className={styles.row}>
          {leftPanel !== undefined && !isNarrow && (
            <SidePanel id="left" edge="right" name="left panel" {...leftPlace} size={leftWidth} />
          )}
          <div className={styles.column}>
            <div
              ref={canvas}
              className={styles.canvas}
              data-region="canvas"
              inert={isCanvasCovered}
            >
              <ErrorBoundary name="The canvas">
                {isComparing ? (
                  <LazyRunComparison runId={runId} comparedId={comparedId} />
                ) : ranFlow === undefined ? (
                  <Canvas />
                ) : (
                  <LazyRanView flow={ranFlow} />
                )}
              </ErrorBoundary>
            </div>
            {!isComparing && <LazyReplayBar />}
            {isBottomOpen && (
              <SidePanel id="bottom" edge="top" name="bottom panel" {...bottomPlace}>
                <ErrorBoundary name="This panel">
                  <BottomContent />
                </ErrorBoundary>
              </SidePanel>
            )}
          </div>
          {isWide && isChatOpen && (
            <SidePanel id="chat" edge="left" name={chatName} {...chatPlace} size={chatWidth}>
              <Region id="chat" name={chatName}>
                <Chat />
              </Region>
            </SidePanel>
          )}
          {isWide && isPropertiesOpen && (
            <SidePanel
              id="properties"
              edge="left"
              name="Properties"
              {...dockPlace}
              size={propertiesWidth}
            >
              <Region id="properties" name="Properties">
                <Properties />
              </Region>
            </SidePanel>
          )}
          {!isWide && !isNarrow && isDockOpen && (
            <SidePanel
              id="side"
              edge="left"
              name="side panel"
              {...dockPlace}
              size={propertiesWidth}
            />
          )}
        </div>
        {!isWide && isDockOpen && (
          <Dock side="right" isOverCanvas={isNarrow} belowCanvas={belowCanvas}>
            <SideDock isChatOpen={isChatOpen} isPropertiesOpen={isPropertiesOpen} />
          </Dock>
        )}
      </main>
      <BottomBar />
      <Announcer />
      <LazyCommandPalette />
      <LazyHelpSheet />
      <LazyTour />
      <ImportIntoFlow />
    </div>
  )
}

/** In the place of the top bar, most of which is about a flow that is there. */
function GoneBar({ name }: { readonly name: string }) {
  return (
    <>
      <title>{`${name} · Millrace`}</title>
      <h1 className="visually-hidden">A run of {name}</h1>
      <PageHeader current="runs" />
    </>
  )
}

interface RegionProps {
  readonly id: string
  readonly name: string
  readonly children: ReactNode
}

function Region({ id, name, children }: RegionProps) {
  return (
    <section className={styles.sideContent} aria-label={name} data-region={id}>
      {children}
    </section>
  )
}

interface DockProps {
  readonly side: 'left' | 'right'
  readonly isOverCanvas: boolean
  /** The height of what stands below the canvas, in pixels. */
  readonly belowCanvas: number
  readonly children: ReactNode
}

/**
 * At one edge, over room of its own or, in a window that has none to give, over the canvas
 * but not over the time line and the panel below it.
 * The same elements in both, so a window that is resized or zoomed takes no draft and no focus away.
 */
function Dock({ side, isOverCanvas, belowCanvas, children }: DockProps) {
  const { propertiesWidth, leftWidth } = usePanelLayout()
  const width = side === 'left' ? leftWidth : propertiesWidth
  return (
    <section
      className={styles.dock}
      data-side={side}
      data-region={side === 'left' ? 'left' : undefined}
      data-over-canvas={isOverCanvas || undefined}
      style={isOverCanvas ? { bottom: belowCanvas } : { width }}
      aria-label={side === 'left' ? 'Left panel' : 'Side panel'}
    >
      {children}
    </section>
  )
}

const leftPlace = {
  range: [220, 480],
  onSize: (leftWidth: number) => placePanels({ leftWidth }),
} as const
const chatPlace = {
  range: [300, 560],
  onSize: (chatWidth: number) => placePanels({ chatWidth }),
} as const
const dockPlace = {
  range: [280, 520],
  onSize: (propertiesWidth: number) => placePanels({ propertiesWidth }),
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
