import { neighbourOf, type Direction } from '../canvas/neighbours.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import { onlyNodeOf, whyNotOneNode } from './command-context.ts'
import type { Command, CommandContext } from './command.ts'

/** What walks along the flow from the selected node. */
export const goCommands = {
  goAfter: going('after', 'Go to the node after it', 'ArrowRight'),
  goBefore: going('before', 'Go to the node before it', 'ArrowLeft'),
  goInside: going('inside', 'Go to the first node of its block', 'ArrowDown'),
  goOutside: going('outside', 'Go to the node that owns its block', 'ArrowUp'),
} as const satisfies Readonly<Record<string, Command>>

const nothingThere: Readonly<Record<Direction, string>> = {
  after: 'Nothing runs after this node.',
  before: 'Nothing runs before this node.',
  inside: 'This node has no block, and nothing is attached to it.',
  outside: 'This node is in no block.',
}

function going(direction: Direction, label: string, arrow: string) {
  return {
    label,
    group: 'View',
    keys: [`Alt+${arrow}`],
    words: 'navigate walk follow next previous',
    whyNot: (context) =>
      whyNotOneNode(context) ??
      (neighbour(context, direction) === undefined ? nothingThere[direction] : undefined),
    run: (context) => {
      const nodeId = neighbour(context, direction)
      if (nodeId !== undefined) sessionCommands.focusNode(nodeId)
    },
  } as const satisfies Command
}

function neighbour(context: CommandContext, direction: Direction): string | undefined {
  const nodeId = onlyNodeOf(context)
  if (nodeId === undefined) return undefined
  return neighbourOf(context.document.flow, registry, { nodeId, direction })
}
