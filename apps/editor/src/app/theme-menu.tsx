import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuChoice } from '../ui/menu.tsx'
import { chooseTheme, useTheme, type ThemeChoice } from './theme.ts'

const options = [
  { value: 'system', label: 'As the system', icon: <Monitor size={16} aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun size={16} aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon size={16} aria-hidden /> },
] as const

/** Chooses between light, dark and what the system says. */
export function ThemeMenu() {
  const choice = useTheme(selectChoice)
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          {choice === 'dark' ? (
            <Moon size={16} aria-hidden />
          ) : choice === 'light' ? (
            <Sun size={16} aria-hidden />
          ) : (
            <Monitor size={16} aria-hidden />
          )}
        </IconButton>
      }
    >
      <MenuChoice label="Theme" value={choice} options={options} onChange={chooseTheme} />
    </Menu>
  )
}

function selectChoice(state: { readonly choice: ThemeChoice }): ThemeChoice {
  return state.choice
}
