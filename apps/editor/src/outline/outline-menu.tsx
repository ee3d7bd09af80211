import { Plus } from 'lucide-react'
import { CommandMenu } from '../commands/command-menu.tsx'
import { keysOf, runCommand } from '../commands/commands.ts'
import { MenuItem } from '../ui/menu.tsx'
import { outlineCommands } from './outline-commands.ts'
import { addKey } from './outline-keys.ts'
import type { OutlineItem } from './outline.ts'

/** What can be done with a line: all that can be done with it on the canvas. */
export function OutlineMenu({ item }: { readonly item: OutlineItem }) {
  switch (item.kind) {
    case 'node':
      return <CommandMenu menu="node" hasLetters={false} />
    case 'note':
      return <CommandMenu menu="note" hasLetters={false} />
    case 'block':
    case 'attachment':
      return (
        <MenuItem
          icon={<Plus size={15} aria-hidden />}
          shortcut={addKey}
          onSelect={() => outlineCommands.add(item)}
        >
          {item.kind === 'block' ? `Add a node into “${item.title}”` : 'Attach a node'}
        </MenuItem>
      )
    case 'group':
      return (
        <MenuItem
          icon={<Plus size={15} aria-hidden />}
          shortcut={keysOf('add') ?? ''}
          onSelect={() => runCommand('add')}
        >
          Add a node
        </MenuItem>
      )
  }
}
