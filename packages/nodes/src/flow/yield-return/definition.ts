import { defineNode, property } from '@millrace/flow'

/** Sends one value to the client now, then goes on. */
export const yieldReturn = defineNode({
  type: 'flow.yieldReturn',
  version: 1,
  kind: 'action',
  title: 'Yield return',
  system: 'Flow',
  category: 'output',
  icon: 'corner-down-left',
  description:
    'Sends a value to the client at once, then goes on. It may stand anywhere in a flow.',
  tags: ['stream', 'output', 'send', 'reply', 'answer'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    value: property.value({
      label: 'Value',
      help: 'What the client gets. Of a streamed message, chat clients show the content.',
      required: true,
      port: 1,
    }),
  },
  yields: true,
})
