import { defineNode, property } from '@millrace/flow'

/** Runs one of two sub-blocks, then goes on. */
export const ifNode = defineNode({
  type: 'flow.if',
  version: 1,
  kind: 'action',
  title: 'If',
  system: 'Flow',
  category: 'control',
  icon: 'split',
  description:
    'Runs the nodes at True or those at False, as the condition decides. Continue comes after either.',
  tags: ['condition', 'branch', 'decide', 'else'],
  exec: {
    in: true,
    out: {
      true: { label: 'True', block: {} },
      false: { label: 'False', block: {} },
      continue: { label: 'Continue' },
    },
    runsOne: true,
  },
  properties: {
    condition: property.conditions({
      label: 'Condition',
      help: 'Rows that compare two values each, or one expression that is true or false.',
      required: true,
    }),
  },
})
