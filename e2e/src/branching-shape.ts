import type { Flow } from '@millrace/flow'

/** How the nodes of a flow with an *If* are wired and laid out: `loose` stands alone. */
export const branchingShape: Pick<Flow, 'edges' | 'layout'> = {
  edges: [
    { from: ['trigger', 'next'], to: 'if' },
    { from: ['if', 'true'], to: 'ask' },
    { from: ['ask', 'next'], to: 'send' },
    { from: ['if', 'false'], to: 'sorry' },
    { from: ['if', 'continue'], to: 'after' },
  ],
  layout: {
    nodes: {
      trigger: [0, 0],
      if: [336, 0],
      ask: [672, 0],
      send: [1008, 0],
      sorry: [672, 296],
      after: [1008, 296],
      loose: [0, 296],
    },
  },
}
