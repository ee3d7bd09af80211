import {
  CircleAlert,
  FlaskConical,
  History,
  LayoutGrid,
  ListTree,
  MessageSquare,
  PanelRight,
  ScrollText,
  SlidersHorizontal,
  Variable,
} from 'lucide-react'
import { placePanels, toggleLeftPanel, usePanelLayout } from '../app/panel-layout.ts'
import { focusNextRegion } from '../app/regions.ts'
import { isChatFlow } from '../document/trigger-of.ts'
import { showFlowPanel } from '../properties/flow-panel.ts'
import { sessionCommands } from '../session/session-store.ts'
import type { Command } from './command.ts'

/** What opens and closes the panels around the canvas. */
export const panelCommands = {
  nodes: {
    label: 'Nodes',
    group: 'View',
    keys: ['Shift+N'],
    icon: LayoutGrid,
    words: 'palette library drawer left panel',
    isOn: () => usePanelLayout.getState().leftPanel === 'nodes',
    run: () => toggleLeftPanel('nodes'),
  },
  outline: {
    label: 'Outline',
    group: 'View',
    keys: ['O'],
    icon: ListTree,
    words: 'tree list structure program left panel',
    isOn: () => usePanelLayout.getState().leftPanel === 'outline',
    run: () => {
      sessionCommands.workIn('outline')
      toggleLeftPanel('outline')
    },
  },
  propertiesPanel: {
    label: 'Properties',
    group: 'View',
    icon: PanelRight,
    words: 'right side panel',
    isOn: () => usePanelLayout.getState().isPropertiesOpen,
    run: () => placePanels({ isPropertiesOpen: !usePanelLayout.getState().isPropertiesOpen }),
  },
  flowSettings: {
    label: 'Flow settings',
    group: 'Flow',
    icon: SlidersHorizontal,
    menus: ['flow', 'canvas'],
    words: 'name description time limit disconnect record keep store privacy',
    run: () => showFlowPanel('settings'),
  },
  flowVariables: {
    label: 'Flow variables',
    group: 'Flow',
    icon: Variable,
    menus: ['flow', 'canvas'],
    words: 'values constants rename',
    run: () => showFlowPanel('variables'),
  },
  chat: {
    label: 'Chat preview',
    group: 'View',
    icon: MessageSquare,
    words: 'output test right side panel',
    labelNow: ({ document }) => (isChatFlow(document.flow) ? 'Chat preview' : 'Output'),
    isOn: ({ session }) => session.isChatOpen,
    run: ({ session }) => sessionCommands.setChatOpen(!session.isChatOpen),
  },
  problems: {
    label: 'Problems',
    group: 'View',
    icon: CircleAlert,
    words: 'errors warnings bottom panel',
    isOn: ({ session }) => session.bottomPanel === 'problems',
    run: () => sessionCommands.toggleBottomPanel('problems'),
  },
  events: {
    label: 'Events',
    group: 'View',
    icon: ScrollText,
    words: 'log run bottom panel',
    isOn: ({ session }) => session.bottomPanel === 'events',
    run: () => sessionCommands.toggleBottomPanel('events'),
  },
  runs: {
    label: 'Runs',
    group: 'View',
    icon: History,
    words: 'history log past earlier clients bottom panel',
    isOn: ({ session }) => session.bottomPanel === 'runs',
    run: () => sessionCommands.toggleBottomPanel('runs'),
  },
  tests: {
    label: 'Tests',
    group: 'View',
    icon: FlaskConical,
    words: 'recordings bottom panel',
    isOn: ({ session }) => session.bottomPanel === 'tests',
    run: () => sessionCommands.toggleBottomPanel('tests'),
  },
  nextRegion: {
    label: 'Go to the next panel',
    group: 'View',
    scope: 'outsideDialogs',
    keys: ['F6'],
    words: 'focus region keyboard',
    run: () => focusNextRegion(1),
  },
  previousRegion: {
    label: 'Go to the panel before',
    group: 'View',
    scope: 'outsideDialogs',
    keys: ['Shift+F6'],
    words: 'focus region keyboard',
    run: () => focusNextRegion(-1),
  },
} as const satisfies Readonly<Record<string, Command>>
