import { defineNode } from '@millrace/flow'

/** Ends the stream of values, and the flow with it. */
export const yieldBreak = defineNode({
  type: 'flow.yieldBreak',
  version: 1,
  kind: 'action',
  title: 'Yield break',
  system: 'Flow',
  category: 'output',
  icon: 'circle-stop',
  description:
    'Ends the flow: nothing more is yielded. What was yielded before stays, and there is no result.',
  tags: ['stream', 'end', 'stop', 'finish'],
  exec: { in: true, out: {} },
  properties: {},
  jump: 'return',
})
