import { defineNode } from '@millrace/flow'

/** Leaves the nearest loop around it. */
export const breakNode = defineNode({
  type: 'flow.break',
  version: 1,
  kind: 'action',
  title: 'Break',
  system: 'Flow',
  category: 'control',
  icon: 'log-out',
  description:
    'Leaves the nearest loop around it, which goes on at its Continue. In For each message, the model stops talking.',
  tags: ['loop', 'leave', 'exit', 'stop'],
  exec: { in: true, out: {} },
  properties: {},
  jump: 'break',
})
