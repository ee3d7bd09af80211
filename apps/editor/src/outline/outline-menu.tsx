import {
  ArrowDown,
  ArrowUp,
  Cable,
  CircleSlash,
  CopyPlus,
  Pencil,
  Plus,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react'
import { canvasCommands, isDisablable } from '../canvas/canvas-commands.ts'
import { canvasState } from '../canvas/canvas-store.ts'
import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { outlineCommands } from './outline-commands.ts'
import { outlineKeys } from './outline-keys.ts'
import type { NodeItem, OutlineItem } from './outline.ts'
import { placeAfter, placeBefore } from './outline-places.ts'

/** What can be done with a line: all that can be done on the canvas, and its order besides. */
export function OutlineMenu({ item }: { readonly item: OutlineItem | undefined }) {
  if (item?.kind === 'node') return <NodeItems item={item} />
  if (item?.kind === 'block' || item?.kind === 'attachment') {
    return (
      <MenuItem
        icon={<Plus size={15} aria-hidden />}
        shortcut={outlineKeys.add}
        onSelect={() => outlineCommands.add(item)}
      >
        {item.kind === 'block' ? `Add into ${item.title}…` : 'Attach a node…'}
      </MenuItem>
    )
  }
  return (
    <MenuItem icon={<Plus size={15} aria-hidden />} onSelect={() => sessionCommands.openPicker()}>
      Add a node…
    </MenuItem>
  )
}

function NodeItems({ item }: { readonly item: NodeItem }) {
  const { node } = item
  const { flow } = useDocument.getState()
  return (
    <>
      <MenuItem
        icon={<SlidersHorizontal size={15} aria-hidden />}
        shortcut={outlineKeys.properties}
        onSelect={() => outlineCommands.openProperties(item)}
      >
        Properties
      </MenuItem>
      <MenuItem
        icon={<Pencil size={15} aria-hidden />}
        shortcut={outlineKeys.rename}
        onSelect={() => sessionCommands.rename(node.id)}
      >
        Rename
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Plus size={15} aria-hidden />}
        shortcut={outlineKeys.add}
        isDisabled={placeAfter(flow, registry, item) === undefined}
        onSelect={() => outlineCommands.add(item)}
      >
        Add after…
      </MenuItem>
      <MenuItem
        icon={<Plus size={15} aria-hidden />}
        isDisabled={placeBefore(flow, item) === undefined}
        onSelect={() => outlineCommands.addBefore(item)}
      >
        Add before…
      </MenuItem>
      <MenuItem
        icon={<Cable size={15} aria-hidden />}
        onSelect={() => canvasState.openConnect(node.id)}
      >
        Connect to…
      </MenuItem>
      <MenuItem
        icon={<ArrowUp size={15} aria-hidden />}
        shortcut={outlineKeys.moveUp}
        isDisabled={!outlineCommands.canMove({ nodeId: node.id, to: 'before' })}
        onSelect={() => outlineCommands.move({ nodeId: node.id, to: 'before' })}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={15} aria-hidden />}
        shortcut={outlineKeys.moveDown}
        isDisabled={!outlineCommands.canMove({ nodeId: node.id, to: 'after' })}
        onSelect={() => outlineCommands.move({ nodeId: node.id, to: 'after' })}
      >
        Move down
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<CopyPlus size={15} aria-hidden />}
        shortcut="Ctrl+D"
        onSelect={canvasCommands.duplicate}
      >
        Duplicate
      </MenuItem>
      <MenuItem
        icon={<CircleSlash size={15} aria-hidden />}
        isDisabled={!isDisablable(node.type)}
        onSelect={canvasCommands.toggleDisabled}
      >
        {node.disabled === true ? 'Enable' : 'Disable'}
      </MenuItem>
      <MenuItem
        icon={<Trash2 size={15} aria-hidden />}
        shortcut={outlineKeys.remove}
        isDangerous
        onSelect={canvasCommands.removeSelected}
      >
        Delete
      </MenuItem>
    </>
  )
}
