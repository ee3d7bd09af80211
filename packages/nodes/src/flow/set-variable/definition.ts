import { defineNode, property } from '@millrace/flow'

/** Assigns one of the flow's own variables. */
export const setVariable = defineNode({
  type: 'flow.setVariable',
  version: 1,
  kind: 'action',
  title: 'Set variable',
  system: 'Flow',
  category: 'control',
  icon: 'variable',
  description:
    'Gives a variable of the flow a new value. Flow variables are visible everywhere, so they carry values out of loops and branches.',
  tags: ['assign', 'store', 'keep'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    variable: property.flowVariable({
      label: 'Variable',
      help: 'One of the variables of this flow.',
      required: true,
    }),
    value: property.value({
      label: 'Value',
      help: 'What the variable holds from now on, of its type. Empty: nothing, that is null.',
      assignedTo: 'variable',
      port: 1,
    }),
  },
})
