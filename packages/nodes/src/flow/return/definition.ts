import { defineNode, property } from '@millrace/flow'

/** Ends the flow with a value. */
export const returnNode = defineNode({
  type: 'flow.return',
  version: 1,
  kind: 'action',
  title: 'Return',
  system: 'Flow',
  category: 'output',
  icon: 'circle-stop',
  description: 'Ends the flow. Its value is the result of the run; what was yielded before stays.',
  tags: ['end', 'result', 'output', 'stop', 'answer'],
  exec: { in: true, out: {} },
  properties: {
    value: property.value({
      label: 'Value',
      help: 'The result of the run. Empty: none, that is null.',
      port: 1,
    }),
  },
  jump: 'return',
  returns: 'value',
})
