import { titleOf } from '@millrace/flow'
import { Pin, PinOff } from 'lucide-react'
import { useMemo } from 'react'
import { CommandItem } from '../commands/command-menu.tsx'
import { nodeIn } from '../document/node-in.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import { counted } from '../ui/counted.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { pinnedNodes, useFlowPins } from './pinned-nodes.ts'

/** Beside *Run*: which nodes are pinned, and the way to unpin all; nothing without pins. */
export function PinsMenu() {
  const flow = useDocument(selectFlow)
  const pins = useFlowPins()
  const pinned = useMemo(() => [...pinnedNodes(flow, pins)], [flow, pins])
  if (pinned.length === 0) return null
  return (
    <Menu
      trigger={
        <IconButton label={counted(pinned.length, 'pinned node')}>
          <Pin size={16} aria-hidden />
        </IconButton>
      }
    >
      {pinned.map(([nodeId, { misfit }]) => {
        const node = nodeIn(flow, nodeId)
        const Icon = misfit === undefined ? Pin : PinOff
        return (
          <MenuItem
            key={nodeId}
            icon={<Icon size={15} aria-hidden />}
            hint={misfit === undefined ? undefined : `Not used. ${misfit}`}
            onSelect={() => sessionCommands.focusNode(nodeId)}
          >
            {node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))}
          </MenuItem>
        )
      })}
      <MenuSeparator />
      <CommandItem id="unpinAll" />
    </Menu>
  )
}

function selectFlow({ flow }: DocumentState) {
  return flow
}
