import { defineNode, property } from '@millrace/flow'

/** Fails, with an error of the flow's own or with one that was caught. */
export const throwNode = defineNode({
  type: 'flow.throw',
  version: 1,
  kind: 'action',
  title: 'Throw',
  system: 'Flow',
  category: 'control',
  icon: 'triangle-alert',
  description:
    'Fails with a message of your own, or throws a caught error again. A Try around it can catch that; else the run fails.',
  tags: ['error', 'exception', 'fail', 'raise', 'rethrow'],
  exec: { in: true, out: {} },
  properties: {
    error: property.choice({
      label: 'Error',
      help: 'A new error, or one that a Catch around this node holds.',
      options: { new: 'New error', caught: 'Caught error again' },
      default: 'new',
    }),
    message: property.text({
      label: 'Message',
      help: 'What went wrong, for whoever called the flow. Visitors of its public chat read it too, and nothing of other errors.',
      required: true,
      port: 1,
      visible: { property: 'error', in: ['new'] },
    }),
    details: property.value({
      label: 'Details',
      help: 'A value that a Catch and the caller get beside the message: the fields of a record, or one value.',
      visible: { property: 'error', in: ['new'] },
    }),
    exception: property.reference({
      label: 'Exception',
      help: 'The variable of the Catch around this node. The error goes on as it came, with the node that failed first.',
      type: 'exception',
      required: true,
      visible: { property: 'error', in: ['caught'] },
    }),
  },
  jump: 'throw',
})
