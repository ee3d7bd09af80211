import { Ellipsis } from 'lucide-react'
import { CommandItem, CommandMenu } from '../commands/command-menu.tsx'
import type { CommandId } from '../commands/commands.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuSeparator } from '../ui/menu.tsx'

/** What can be done with the open flow as a whole, and what a narrow bar has no room for. */
export function DesignerMenu({ folded }: { readonly folded: readonly CommandId[] }) {
  return (
    <Menu
      trigger={
        <IconButton id="flow-menu" label="More">
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      {folded.map((id) => (
        <CommandItem key={id} id={id} />
      ))}
      {folded.length > 0 && <MenuSeparator />}
      <CommandMenu menu="flow" />
    </Menu>
  )
}
