import { Command as CommandIcon, Keyboard } from 'lucide-react'
import { sessionCommands } from '../session/session-store.ts'
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
} as const satisfies Readonly<Record<string, Command>>
