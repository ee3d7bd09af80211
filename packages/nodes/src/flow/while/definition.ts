import { defineNode, property } from '@millrace/flow'

/** Runs its sub-block for as long as a condition holds. */
export const whileNode = defineNode({
  type: 'flow.while',
  version: 1,
  kind: 'action',
  title: 'While',
  system: 'Flow',
  category: 'control',
  icon: 'rotate-cw',
  description:
    'Asks its condition and runs the nodes at While true, again and again until the condition does not hold; then goes on at Continue.',
  tags: ['loop', 'repeat', 'until', 'poll', 'condition'],
  exec: {
    in: true,
    out: {
      whileTrue: { label: 'While true', block: {}, loop: true },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    condition: property.conditions({
      label: 'Condition',
      help: 'Asked before every round: rows that compare two values each, or one expression that is true or false.',
      required: true,
    }),
    maximumIterations: property.number({
      label: 'Maximum iterations',
      help: 'How many rounds it may take. When the condition still holds after them, the node fails, so that no loop runs for ever.',
      integer: true,
      minimum: 1,
      default: 10_000,
      port: 1,
    }),
  },
})
