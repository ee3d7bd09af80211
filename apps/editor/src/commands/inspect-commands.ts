import { Bug } from 'lucide-react'
import { inspectCommands } from '../inspect/inspect-store.ts'
import { runCommands } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { onlyNodeOf, whyNotOneNode } from './command-context.ts'
import type { Command } from './command.ts'

/** What looks into a run. */
export const inspectCommandTable = {
  inspect: {
    label: 'Inspect',
    group: 'View',
    keys: ['I'],
    icon: Bug,
    menus: ['node'],
    words: 'debug debugger visits values messages sent iterations time line',
    isFor: (context) => runCommands.current().state.nodes.has(onlyNodeOf(context) ?? ''),
    whyNot: whyNotOneNode,
    run: (context) => {
      const nodeId = onlyNodeOf(context)
      if (nodeId !== undefined) inspectCommands.open(nodeId)
    },
  },
  timeLine: {
    label: 'Time line of the run',
    group: 'View',
    words: 'waterfall duration first byte engine model slow performance',
    run: () => {
      inspectCommands.show('times')
      sessionCommands.openBottomPanel('inspect')
    },
  },
} as const satisfies Readonly<Record<string, Command>>
