import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { chooseTheme, readTheme, themeAfter } from './theme.ts'
import { ToolButton } from './tool-button.tsx'

const looks = {
  system: { label: 'Theme: as the system', icon: <Monitor size={16} aria-hidden /> },
  light: { label: 'Theme: light', icon: <Sun size={16} aria-hidden /> },
  dark: { label: 'Theme: dark', icon: <Moon size={16} aria-hidden /> },
}

/** Goes on to the next theme. */
export function ThemeButton() {
  const [theme, setTheme] = useState(readTheme)
  const { label, icon } = looks[theme]
  return (
    <ToolButton
      label={label}
      onClick={() => {
        const next = themeAfter(theme)
        chooseTheme(next)
        setTheme(next)
      }}
    >
      {icon}
    </ToolButton>
  )
}
