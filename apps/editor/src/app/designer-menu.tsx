import { Ellipsis } from 'lucide-react'
import { CommandMenu } from '../commands/command-menu.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'

/** What can be done with the open flow as a whole. */
export function DesignerMenu() {
  return (
    <Menu
      trigger={
        <IconButton label="More">
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <CommandMenu menu="flow" />
    </Menu>
  )
}
