import { defineNode } from '@millrace/flow'

/** Goes on with the next round of the nearest loop around it. */
export const continueNode = defineNode({
  type: 'flow.continue',
  version: 1,
  kind: 'action',
  title: 'Continue',
  system: 'Flow',
  category: 'control',
  icon: 'skip-forward',
  description:
    'Ends this round of the nearest loop around it; the loop goes on with the next item, message or test of its condition.',
  tags: ['loop', 'skip', 'next'],
  exec: { in: true, out: {} },
  properties: {},
  jump: 'continue',
})
