import { Command as CommandIcon, Keyboard, Lightbulb } from 'lucide-react'
import { sessionCommands } from '../session/session-store.ts'
import { tourCommands } from '../tour/tour-store.ts'
import type { Command } from './command.ts'

/** What tells how the designer is used. */
export const helpCommands = {
  commands: {
    label: 'All commands',
    group: 'Help',
    scope: 'outsideDialogs',
    keys: ['Ctrl+K', '/'],
    icon: CommandIcon,
    menus: ['canvas', 'flow'],
    words: 'palette search',
    run: () => sessionCommands.open({ kind: 'commands' }),
  },
  help: {
    label: 'Keyboard and mouse',
    group: 'Help',
    keys: ['?'],
    icon: Keyboard,
    menus: ['canvas', 'flow'],
    words: 'shortcuts keys cheat sheet',
    run: () => sessionCommands.open({ kind: 'help' }),
  },
  tour: {
    label: 'Show the tour',
    group: 'Help',
    icon: Lightbulb,
    menus: ['flow'],
    words: 'introduction onboarding coach marks first steps',
    run: () => tourCommands.goTo(0),
  },
} as const satisfies Readonly<Record<string, Command>>
