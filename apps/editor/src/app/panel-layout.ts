import { isRecord } from '@millrace/flow'
import { create } from 'zustand'
import { keep, readKept } from '../session/kept.ts'

/** How the panels around the canvas stand, in pixels; kept for this browser. */
export interface PanelLayout {
  readonly propertiesWidth: number
  readonly chatWidth: number
  readonly bottomHeight: number
  /** Of the inspector, which has more to show than the other panels at the bottom. */
  readonly inspectorHeight: number
  readonly isPropertiesOpen: boolean
  /** What the column at the left shows; `undefined` while it is closed. */
  readonly leftPanel: LeftPanel | undefined
  readonly leftWidth: number
  /** The systems whose nodes are folded away in the palette at the left. */
  readonly foldedSystems: readonly string[]
  /** Whether the map of the flow stands on the canvas. */
  readonly isMapOpen: boolean
}

/** The views of the column at the left. */
export type LeftPanel = 'nodes' | 'search' | 'outline'

const key = 'millrace.panels'
/** The views that are there again when a designer comes back. */
const keptAtLeft: readonly LeftPanel[] = ['nodes', 'outline']
const initial: PanelLayout = {
  propertiesWidth: 340,
  chatWidth: 360,
  bottomHeight: 240,
  inspectorHeight: 380,
  isPropertiesOpen: true,
  leftPanel: undefined,
  leftWidth: 280,
  foldedSystems: [],
  isMapOpen: true,
}

/** The store of the panels' places. */
export const usePanelLayout = create<PanelLayout>()(() => readLayout(readKept(key)))

/** Changes and keeps the panels' places. */
export function placePanels(changes: Partial<PanelLayout>): void {
  usePanelLayout.setState(changes)
  keep(key, usePanelLayout.getState())
}

/** Opens the properties, where they are closed. */
export function openProperties(): void {
  if (!usePanelLayout.getState().isPropertiesOpen) placePanels({ isPropertiesOpen: true })
}

/** Shows a view at the left, or closes the column when it is shown already. */
export function toggleLeftPanel(view: LeftPanel): void {
  placePanels({ leftPanel: usePanelLayout.getState().leftPanel === view ? undefined : view })
}

function readLayout(kept: unknown): PanelLayout {
  if (!isRecord(kept)) return initial
  return {
    propertiesWidth: pixels(kept['propertiesWidth'], initial.propertiesWidth),
    chatWidth: pixels(kept['chatWidth'], initial.chatWidth),
    bottomHeight: pixels(kept['bottomHeight'], initial.bottomHeight),
    inspectorHeight: pixels(kept['inspectorHeight'], initial.inspectorHeight),
    isPropertiesOpen: kept['isPropertiesOpen'] !== false,
    isMapOpen: kept['isMapOpen'] !== false,
    leftPanel: keptAtLeft.find((view) => view === kept['leftPanel']),
    foldedSystems: texts(kept['foldedSystems']),
    leftWidth: pixels(kept['leftWidth'], initial.leftWidth),
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function pixels(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 100 && value <= 2000 ? Math.round(value) : otherwise
}
