import { moveStatement, type StatementMove } from '@millrace/flow'
import { ArrowDown, ArrowUp, CornerDownRight, CornerRightUp } from 'lucide-react'
import { placeAfter, placeBefore } from '../canvas/add-places.ts'
import { documentCommands } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import type { PickerOrigin } from '../session/opened.ts'
import { onlyNodeOf, whyNotOneNode } from './command-context.ts'
import type { Command, CommandContext } from './command.ts'

/** What is done with a node in the order in which the flow runs. */
export const orderCommands = {
  addAfter: {
    label: 'Add a node after it',
    group: 'Draw',
    icon: CornerDownRight,
    menus: ['node'],
    words: 'next following insert step',
    whyNot: (context) =>
      whyNotOneNode(context) ??
      (after(context) === undefined ? 'Nothing can run after this node.' : undefined),
    run: (context) => openPicker(after(context)),
  },
  addBefore: {
    label: 'Add a node before it',
    group: 'Draw',
    icon: CornerRightUp,
    menus: ['node'],
    words: 'previous insert step',
    whyNot: (context) =>
      whyNotOneNode(context) ??
      (before(context) === undefined ? 'Nothing leads to this node yet.' : undefined),
    run: (context) => openPicker(before(context)),
  },
  runEarlier: {
    label: 'Run it earlier',
    group: 'Arrange',
    keys: ['Alt+Shift+ArrowUp'],
    icon: ArrowUp,
    menus: ['node'],
    words: 'move up order before swap',
    whyNot: (context) => whyNotMove(context, 'before'),
    run: (context) => move(context, 'before'),
  },
  runLater: {
    label: 'Run it later',
    group: 'Arrange',
    keys: ['Alt+Shift+ArrowDown'],
    icon: ArrowDown,
    menus: ['node'],
    words: 'move down order after swap',
    whyNot: (context) => whyNotMove(context, 'after'),
    run: (context) => move(context, 'after'),
  },
} as const satisfies Readonly<Record<string, Command>>

function after(context: CommandContext): PickerOrigin | undefined {
  return placeAfter(context.document.flow, registry, onlyNodeOf(context) ?? '')
}

function before(context: CommandContext): PickerOrigin | undefined {
  return placeBefore(context.document.flow, onlyNodeOf(context) ?? '')
}

function openPicker(origin: PickerOrigin | undefined): void {
  if (origin !== undefined) sessionCommands.openPicker(origin)
}

function whyNotMove(context: CommandContext, to: StatementMove['to']): string | undefined {
  const nodeId = onlyNodeOf(context)
  if (nodeId === undefined) return whyNotOneNode(context)
  const { flow } = context.document
  if (moveStatement(flow, registry, { nodeId, to }) !== flow) return undefined
  return to === 'before'
    ? 'It is the first of its block.'
    : 'Nothing runs after it in its block that could run before it.'
}

function move(context: CommandContext, to: StatementMove['to']): void {
  const nodeId = onlyNodeOf(context)
  if (nodeId === undefined) return
  documentCommands.edit(to === 'before' ? 'Run earlier' : 'Run later', (flow) =>
    moveStatement(flow, registry, { nodeId, to }),
  )
}
