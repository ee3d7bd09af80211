import {
  ArrowRightFromLine,
  ArrowRightToLine,
  FilePenLine,
  Pin,
  PinOff,
  StepForward,
} from 'lucide-react'
import { runTo } from '../app/run-flow.ts'
import { runFromHere, runOnly, selectWhyNotRunFrom } from '../again/run-from.ts'
import { nodeIn } from '../document/node-in.ts'
import { togglePins, whyNotPin } from '../pins/pin-actions.ts'
import { pinCommands } from '../pins/pin-store.ts'
import { countPins } from '../pins/pinned-nodes.ts'
import { registry } from '../registry.ts'
import { runCommands, selectIsRunning } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { onlyNodeOf, whyNotNodes, whyNotOneNode } from './command-context.ts'
import type { Command, CommandContext } from './command.ts'

/** Running a part of the flow, and what nodes have instead of running. */
export const partCommands = {
  runTo: {
    label: 'Run to here',
    group: 'Run',
    keys: ['Ctrl+Shift+Enter'],
    icon: ArrowRightToLine,
    menus: ['node'],
    words: 'until stop behind breakpoint',
    isFor: isAboutRunning,
    whyNot: (context) => whyNotOneNode(context) ?? whyNotStep(context) ?? whyNotNow(),
    run: (context) => withNode(context, runTo),
  },
  runFrom: {
    label: 'Run from here',
    group: 'Run',
    icon: ArrowRightFromLine,
    menus: ['node'],
    words: 'again resume retry continue restart',
    labelNow: (context) => (hasBroken(context) ? 'Run again from here' : 'Run from here'),
    isFor: isAboutAction,
    whyNot: whyNotFrom,
    run: (context) => withNode(context, runFromHere),
  },
  runOnly: {
    label: 'Run only this node',
    group: 'Run',
    icon: StepForward,
    menus: ['node'],
    words: 'single step again try',
    isFor: isAboutAction,
    whyNot: whyNotFrom,
    run: (context) => withNode(context, runOnly),
  },
  pin: {
    label: 'Pin output, or unpin',
    group: 'Run',
    keys: ['P'],
    icon: Pin,
    menus: ['node', 'nodes'],
    words: 'freeze mock fix keep cache unpin',
    labelNow: (context) => (areAllPinned(context) ? 'Unpin' : 'Pin output'),
    isFor: isAboutAction,
    whyNot: (context) => whyNotNodes(context) ?? whyNotPinAny(context),
    run: ({ session }) => togglePins([...session.selectedNodeIds]),
  },
  editPin: {
    label: 'Edit pinned output…',
    group: 'Run',
    icon: FilePenLine,
    menus: ['node'],
    words: 'mock json value',
    isFor: isAboutAction,
    whyNot: (context) => whyNotOneNode(context) ?? whyNotPinAny(context),
    run: (context) => withNode(context, (nodeId) => sessionCommands.open({ kind: 'pin', nodeId })),
  },
  unpinAll: {
    label: 'Unpin all',
    group: 'Run',
    icon: PinOff,
    words: 'remove pins',
    whyNot: () => (countPins() === 0 ? 'No node of the flow is pinned.' : undefined),
    run: ({ document: { flow } }) =>
      pinCommands.unpin(flow.id, Object.keys(pinCommands.of(flow.id))),
  },
} as const satisfies Readonly<Record<string, Command>>

function withNode(context: CommandContext, act: (nodeId: string) => void): void {
  const nodeId = onlyNodeOf(context)
  if (nodeId !== undefined) act(nodeId)
}

/** The kinds of what is selected. */
function kindsOf({ session, document }: CommandContext): ReadonlySet<string | undefined> {
  const nodes = [...session.selectedNodeIds].map((id) => nodeIn(document.flow, id))
  return new Set(nodes.map((node) => registry.nodes.get(node?.type ?? '')?.kind))
}

function isAboutRunning(context: CommandContext): boolean {
  const kinds = kindsOf(context)
  return kinds.has('action') || kinds.has('trigger')
}

function isAboutAction(context: CommandContext): boolean {
  return kindsOf(context).has('action')
}

function whyNotStep(context: CommandContext): string | undefined {
  return isAboutRunning(context) ? undefined : 'It runs with the node that it is attached to.'
}

function whyNotAction(context: CommandContext): string | undefined {
  return isAboutAction(context) ? undefined : 'A run can go on from an action only.'
}

function whyNotFrom(context: CommandContext): string | undefined {
  return (
    whyNotOneNode(context) ??
    whyNotAction(context) ??
    whyNotNow() ??
    selectWhyNotRunFrom(runCommands.current())
  )
}

function whyNotNow(): string | undefined {
  return selectIsRunning(runCommands.current()) ? 'A run goes on. Stop it first.' : undefined
}

function whyNotPinAny({ session }: CommandContext): string | undefined {
  const reasons = [...session.selectedNodeIds].map(whyNotPin)
  return reasons.includes(undefined) ? undefined : reasons[0]
}

function areAllPinned({ session, document: { flow } }: CommandContext): boolean {
  const pins = pinCommands.of(flow.id)
  const ids = [...session.selectedNodeIds].filter(
    (id) => pins[id] !== undefined || whyNotPin(id) === undefined,
  )
  return ids.length > 0 && ids.every((id) => pins[id] !== undefined)
}

/** Whether the run that is shown came to its end at the node, or was ended there. */
function hasBroken(context: CommandContext): boolean {
  const status = runCommands.current().state.nodes.get(onlyNodeOf(context) ?? '')?.status
  return status === 'failed' || status === 'cancelled'
}
