import {
  Hand,
  Map as MapIcon,
  Maximize,
  Minus,
  MousePointer2,
  Plus,
  ScanSearch,
  Search,
  Spline,
} from 'lucide-react'
import { placePanels, usePanelLayout } from '../app/panel-layout.ts'
import { dataLineChoices, nextDataLines, useDataLines } from '../canvas/data-lines.ts'
import { selectedItemIds } from '../canvas/note-commands.ts'
import { searchFields } from '../properties/field-search-asked.ts'
import { searchCommands, useSearch } from '../search/search-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { whyNotItems } from './command-context.ts'
import type { Command } from './command.ts'

/** What moves the view. */
export const viewCommands = {
  find: {
    label: 'Search in this flow',
    group: 'View',
    scope: 'outsideDialogs',
    keys: ['Ctrl+F'],
    icon: Search,
    menus: ['canvas'],
    words: 'find replace rename variable',
    // In the fields of a node it is these that are searched.
    run: () => {
      if (!searchFields()) searchCommands.open()
    },
  },
  findNext: {
    label: 'Next hit',
    group: 'View',
    scope: 'outsideDialogs',
    keys: ['F3'],
    words: 'search find',
    whyNot: whyNotStep,
    run: () => searchCommands.step(1),
  },
  findPrevious: {
    label: 'Previous hit',
    group: 'View',
    scope: 'outsideDialogs',
    keys: ['Shift+F3'],
    words: 'search find',
    whyNot: whyNotStep,
    run: () => searchCommands.step(-1),
  },
  fit: {
    label: 'Show the whole flow',
    group: 'View',
    keys: ['Shift+1', 'F'],
    icon: Maximize,
    menus: ['canvas'],
    words: 'zoom fit all',
    run: ({ viewport }) => viewport?.show(),
  },
  fitSelection: {
    label: 'Show the selection',
    group: 'View',
    keys: ['Shift+2'],
    icon: ScanSearch,
    menus: ['nodes'],
    words: 'zoom fit selected',
    whyNot: whyNotItems,
    run: ({ viewport }) => viewport?.show(selectedItemIds()),
  },
  actualSize: {
    label: 'Actual size',
    group: 'View',
    keys: ['Shift+0', '0'],
    words: 'zoom 100 %',
    run: ({ viewport }) => viewport?.zoomTo(1),
  },
  map: {
    label: 'Map of the flow',
    group: 'View',
    keys: ['M'],
    icon: MapIcon,
    words: 'minimap overview',
    isOn: () => usePanelLayout.getState().isMapOpen,
    run: () => placePanels({ isMapOpen: !usePanelLayout.getState().isMapOpen }),
  },
  pointer: {
    label: 'Select by dragging',
    group: 'View',
    keys: ['V'],
    icon: MousePointer2,
    words: 'pointer marquee tool',
    isOn: ({ session }) => session.tool === 'pointer',
    run: () => sessionCommands.takeTool('pointer'),
  },
  hand: {
    label: 'Move the view by dragging',
    group: 'View',
    keys: ['H'],
    icon: Hand,
    words: 'hand pan tool',
    isOn: ({ session }) => session.tool === 'hand',
    run: () => sessionCommands.takeTool('hand'),
  },
  dataLines: {
    label: 'Show data lines: selected, always, never',
    group: 'View',
    icon: Spline,
    words: 'bindings values wires',
    labelNow: () => {
      const { choice } = useDataLines.getState()
      return `Data lines: ${dataLineChoices.find(({ value }) => value === choice)?.label ?? choice}`
    },
    run: nextDataLines,
  },
  zoomIn: {
    label: 'Zoom in',
    group: 'View',
    keys: ['+'],
    icon: Plus,
    run: ({ viewport }) => viewport?.zoomBy('in'),
  },
  zoomOut: {
    label: 'Zoom out',
    group: 'View',
    keys: ['-'],
    icon: Minus,
    run: ({ viewport }) => viewport?.zoomBy('out'),
  },
} as const satisfies Readonly<Record<string, Command>>

function whyNotStep(): string | undefined {
  return useSearch.getState().hits.length === 0 ? 'Search in this flow first.' : undefined
}
