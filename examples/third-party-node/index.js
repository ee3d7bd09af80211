import { implement } from '@millrace/engine'
import { defineNode, property } from '@millrace/flow'

const rollDice = defineNode({
  type: 'example.rollDice',
  version: 1,
  kind: 'action',
  title: 'Roll dice',
  system: 'Example',
  category: 'data',
  icon: 'dices',
  description: 'Rolls some dice and gives what they show. Take it to try how a node package works.',
  tags: ['random', 'chance', 'game'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    dice: property.number({
      label: 'Dice',
      help: 'How many dice are rolled.',
      integer: true,
      minimum: 1,
      maximum: 100,
      default: 2,
      port: 1,
    }),
    resultVariable: property.variableName({
      label: 'Result variable name',
      help: 'The variable that holds the numbers, a list. Empty: no variable.',
      default: 'rolled',
    }),
  },
  outputs: { rolled: { nameFrom: 'resultVariable', type: { list: 'number' } } },
})

/** What Millrace takes from this package. */
export const nodes = [
  // A number outside of its bounds never gets here.
  implement(rollDice, ({ properties: { dice } }) => ({
    outputs: { rolled: Array.from({ length: dice }, () => 1 + Math.floor(Math.random() * 6)) },
  })),
]
