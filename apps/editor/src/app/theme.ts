import { create } from 'zustand'
import { keepText, readKeptText } from '../session/kept.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

const key = 'millrace.theme'

/** The chosen theme; `system` follows the operating system. */
export const useTheme = create<{ readonly choice: ThemeChoice }>()(() => ({ choice: readChoice() }))

/** Chooses a theme, for this browser and from now on. */
export function chooseTheme(choice: ThemeChoice): void {
  keepText(key, choice === 'system' ? undefined : choice)
  useTheme.setState({ choice })
  applyTheme()
}

/** Puts the chosen theme on the page; called before the first paint. */
export function applyTheme(): void {
  const { choice } = useTheme.getState()
  if (choice === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = choice
}

function readChoice(): ThemeChoice {
  const stored = readKeptText(key)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}
