/** What the pages of this server are shown in; `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark'

const themes: readonly Theme[] = ['system', 'light', 'dark']
/** The editor's own, so that both are alike. */
const key = 'millrace.theme'

export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(key)
    return themes.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system'
  }
}

/** Puts a theme on the page, and keeps it for the next time. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  } catch {
    // It then lasts as long as the page.
  }
  put(theme)
}

/** Puts the kept theme on the page; called before the first paint. */
export function applyTheme(): void {
  put(readTheme())
}

/** The one after this in the round that a button goes. */
export function themeAfter(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
}

function put(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
