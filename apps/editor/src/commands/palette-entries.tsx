import { titleOf } from '@millrace/flow'
import { Cable, Workflow, LayoutList } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { designerPath, navigate } from '../app/router.ts'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { NodeIconTile } from '../canvas/node-icon-tile.tsx'
import { withAuthor } from '../canvas/with-author.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Kbd } from '../ui/kbd.tsx'
import { whyNotNow, type CommandContext } from './command.ts'
import { commandIds, commandOf, keysOf, runCommand } from './commands.ts'
import type { Entry } from './find-entries.ts'
import { portCommands } from './port-commands.ts'
import { labelOf } from './use-command.ts'

/** An entry as the palette shows it, and what it does. */
export interface PaletteEntry extends Entry {
  readonly icon: ReactNode
  readonly hint?: string
  readonly end?: ReactNode
  choose(): void
}

/** Everything that the command palette can find. */
export function paletteEntries(
  context: CommandContext,
  flows: readonly FlowSummary[],
): readonly PaletteEntry[] {
  return [
    ...commandEntries(context),
    ...nodeEntries(context),
    ...typeEntries(),
    ...flowEntries(context, flows),
    ...pageEntries,
  ]
}

function commandEntries(context: CommandContext): readonly PaletteEntry[] {
  return commandIds
    .filter((id) => id !== 'commands' && !(id in portCommands))
    .map((id) => {
      const command = commandOf(id)
      const { label, words = '', group, icon: Icon } = command
      const keys = keysOf(id)
      const whyNot = whyNotNow(command, context)
      return {
        id: `command:${id}`,
        group: 'Commands',
        searched: { title: labelOf(command, context), rest: `${label} ${words} ${group}` },
        whyNot,
        isDangerous: command.isDangerous ?? false,
        ...(whyNot === undefined ? {} : { hint: whyNot }),
        icon: Icon === undefined ? <span style={{ width: 16 }} /> : <Icon size={16} aria-hidden />,
        end: keys === undefined ? undefined : <Kbd keys={keys} />,
        choose: () => runCommand(id),
      }
    })
}

function nodeEntries({ document }: CommandContext): readonly PaletteEntry[] {
  return document.flow.nodes.map((node) => {
    const definition = registry.nodes.get(node.type)
    const kind = definition === undefined ? node.type : `${definition.system} · ${definition.title}`
    return {
      id: `node:${node.id}`,
      group: 'In this flow',
      searched: { title: titleOf(node, definition), rest: `${node.id} ${node.type} ${kind}` },
      icon: <NodeIconTile definition={definition} />,
      end: kind,
      choose: () => sessionCommands.focusNode(node.id),
    }
  })
}

function typeEntries(): readonly PaletteEntry[] {
  return [...registry.nodes.values()].map((definition) => {
    const { type, title, system, tags = [], description } = definition
    return {
      id: `add:${type}`,
      group: 'Add a node',
      searched: { title, tags, rest: `add ${system} ${type}`, description },
      hint: description,
      icon: <NodeIconTile definition={definition} />,
      end: withAuthor('', definition) || system,
      choose: () => canvasCommands.add(definition),
    }
  })
}

function flowEntries(
  { document }: CommandContext,
  flows: readonly FlowSummary[],
): readonly PaletteEntry[] {
  return flows
    .filter(({ id }) => id !== document.flow.id)
    .map(({ id, name }) => ({
      id: `flow:${id}`,
      group: 'Flows',
      searched: { title: name, rest: `flow open ${id}` },
      icon: <Workflow size={16} aria-hidden />,
      choose: () => navigate(designerPath(id)),
    }))
}

const pageEntries: readonly PaletteEntry[] = [
  {
    id: 'page:flows',
    group: 'Go to',
    searched: { title: 'Flows', rest: 'all list home back open page' },
    icon: <LayoutList size={16} aria-hidden />,
    choose: () => navigate('/'),
  },
  {
    id: 'page:connections',
    group: 'Go to',
    searched: { title: 'Connections', rest: 'credentials keys secrets database page' },
    icon: <Cable size={16} aria-hidden />,
    choose: () => navigate('/connections'),
  },
]
