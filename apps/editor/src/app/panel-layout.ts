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

/** What this browser keeps, whatever a narrow window shows of it. */
let kept = readLayout(readKept(key))

/** The store of the panels' places. */
export const usePanelLayout = create<PanelLayout>()(() => kept)

/** Changes and keeps the panels' places. */
export function placePanels(changes: Partial<PanelLayout>): void {
  usePanelLayout.setState(changes)
  kept = { ...kept, ...changes }
  keep(key, kept)
}

/** Shows the properties, or not, for now: what this browser keeps stays. */
export function showPropertiesForNow(isPropertiesOpen: boolean): void {
  usePanelLayout.setState({ isPropertiesOpen })
}

/** Shows the properties as this browser keeps them. */
export function showKeptProperties(): void {
  showPropertiesForNow(kept.isPropertiesOpen)
}

/** Opens the properties, where they are closed. */
export function openProperties(): void {
  if (!usePanelLayout.getState().isPropertiesOpen) placePanels({ isPropertiesOpen: true })
}

/** Shows a view at the left, or closes the column when it is shown already. */
export function toggleLeftPanel(view: LeftPanel): void {
  placePanels({ leftPanel: usePanelLayout.getState().leftPanel === view ? undefined : view })
}

function readLayout(stored: unknown): PanelLayout {
  if (!isRecord(stored)) return initial
  return {
    propertiesWidth: pixels(stored['propertiesWidth'], initial.propertiesWidth),
    chatWidth: pixels(stored['chatWidth'], initial.chatWidth),
    bottomHeight: pixels(stored['bottomHeight'], initial.bottomHeight),
    inspectorHeight: pixels(stored['inspectorHeight'], initial.inspectorHeight),
    isPropertiesOpen: stored['isPropertiesOpen'] !== false,
    isMapOpen: stored['isMapOpen'] !== false,
    leftPanel: keptAtLeft.find((view) => view === stored['leftPanel']),
    foldedSystems: texts(stored['foldedSystems']),
    leftWidth: pixels(stored['leftWidth'], initial.leftWidth),
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function pixels(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 100 && value <= 2000 ? Math.round(value) : otherwise
}
