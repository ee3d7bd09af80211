import { BookOpen, Command as CommandIcon, Keyboard } from 'lucide-react'
import { navigate } from '../app/router.ts'
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
  apiReference: {
    label: 'API reference',
    group: 'Help',
    icon: BookOpen,
    words: 'openapi docs endpoints routes HTTP',
    run: () => navigate('/docs'),
  },
} as const satisfies Readonly<Record<string, Command>>
