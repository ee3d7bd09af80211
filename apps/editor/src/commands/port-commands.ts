import { dataPortsOf } from '@millrace/flow'
import { Cable, CornerUpRight, SlidersHorizontal, Unplug } from 'lucide-react'
import { connectLabel } from '../canvas/connect-label.ts'
import { disconnectAt, otherEndsAt } from '../canvas/wires-at.ts'
import { readPort, type PortEnd } from '../canvas/wiring.ts'
import { documentCommands } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import type { Command, CommandContext } from './command.ts'

/** What can be done at one port of a card, from its menu. */
export const portCommands = {
  connectPort: {
    label: 'Connect the port to…',
    group: 'Draw',
    icon: Cable,
    menus: ['port'],
    labelNow: ({ port }) =>
      port === undefined ? 'Connect the port to…' : `${connectLabel(port.portId)}…`,
    whyNot: whyNotPort,
    run: ({ port }) => {
      if (port !== undefined) sessionCommands.open({ kind: 'connect', ...port })
    },
  },
  portProperty: {
    label: 'Open the property of the port',
    group: 'Draw',
    icon: SlidersHorizontal,
    menus: ['port'],
    labelNow: () => 'Open in the properties',
    isFor: (context) => propertyAt(context) !== undefined,
    whyNot: whyNotPort,
    run: (context) => {
      const property = propertyAt(context)
      if (context.port !== undefined) sessionCommands.focusNode(context.port.nodeId, property)
    },
  },
  otherEnd: {
    label: 'Go to the other end',
    group: 'View',
    icon: CornerUpRight,
    menus: ['port'],
    whyNot: (context) => whyNotPort(context) ?? whyNotConnected(context),
    run: (context) => {
      const [end] = endsAt(context)
      if (end !== undefined) sessionCommands.focusNode(end.nodeId)
    },
  },
  disconnect: {
    label: 'Disconnect',
    group: 'Edit',
    icon: Unplug,
    menus: ['port'],
    isDangerous: true,
    whyNot: (context) => whyNotPort(context) ?? whyNotDisconnect(context),
    run: ({ port }) => {
      if (port === undefined) return
      documentCommands.edit('Disconnect', (flow) => disconnectAt(flow, registry, port))
    },
  },
} as const satisfies Readonly<Record<string, Command>>

function whyNotPort({ port }: CommandContext): string | undefined {
  return port === undefined ? 'Open the menu of a port on a card.' : undefined
}

function whyNotConnected(context: CommandContext): string | undefined {
  return endsAt(context).length === 0 ? 'Nothing is connected here.' : undefined
}

function whyNotDisconnect(context: CommandContext): string | undefined {
  const kind = context.port && readPort(context.port.portId).kind
  if (kind === 'out') return 'Disconnect it at the input that it goes to.'
  if (kind === 'in' && !isWholeProperty(context)) return 'Change it in the properties.'
  return whyNotConnected(context)
}

function endsAt({ document, port }: CommandContext): readonly PortEnd[] {
  return port === undefined ? [] : otherEndsAt(document.flow, registry, port)
}

function dataPortAt({ document, port }: CommandContext) {
  const node = document.flow.nodes.find(({ id }) => id === port?.nodeId)
  const definition = node && registry.nodes.get(node.type)
  const known = port && readPort(port.portId)
  if (node === undefined || definition === undefined || known?.kind !== 'in') return undefined
  return dataPortsOf(definition, node).find(({ id }) => id === known.key)
}

function propertyAt(context: CommandContext): string | undefined {
  return dataPortAt(context)?.key
}

/** A part of a property, such as a parameter of SQL, stays when it is empty. */
function isWholeProperty(context: CommandContext): boolean {
  return dataPortAt(context)?.path.length === 0
}
