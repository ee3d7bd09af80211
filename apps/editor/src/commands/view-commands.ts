import { Maximize, Minus, Plus, ScanSearch } from 'lucide-react'
import { whyNotNodes } from './command-context.ts'
import type { Command } from './command.ts'

/** What moves the view. */
export const viewCommands = {
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
    whyNot: whyNotNodes,
    run: ({ viewport, session }) => viewport?.show(session.selectedNodeIds),
  },
  actualSize: {
    label: 'Actual size',
    group: 'View',
    keys: ['Shift+0'],
    words: 'zoom 100 %',
    run: ({ viewport }) => viewport?.zoomTo(1),
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
