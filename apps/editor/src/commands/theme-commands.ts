import { Monitor, Moon, Sun, type LucideIcon } from 'lucide-react'
import { chooseTheme, useTheme, type ThemeChoice } from '../app/theme.ts'
import type { Command } from './command.ts'

/** What the editor looks like. */
export const themeCommands = {
  themeLight: theme('light', 'Theme: light', Sun),
  themeDark: theme('dark', 'Theme: dark', Moon),
  themeSystem: theme('system', 'Theme: as the system', Monitor),
} as const satisfies Readonly<Record<string, Command>>

function theme(choice: ThemeChoice, label: string, icon: LucideIcon) {
  return {
    label,
    group: 'View',
    icon,
    words: 'colour scheme mode appearance night day',
    whyNot: () => (useTheme.getState().choice === choice ? 'It is chosen already.' : undefined),
    run: () => chooseTheme(choice),
  } as const satisfies Command
}
