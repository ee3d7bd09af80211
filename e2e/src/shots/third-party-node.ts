import { emptyFlow, property, type Flow, type NodeDefinition } from '@millrace/flow'

/** A node that `MILLRACE_NODES` brought, with a property of a kind that this editor does not know. */
export const rollDice: NodeDefinition = {
  type: 'example.rollDice',
  version: 1,
  kind: 'action',
  title: 'Roll dice',
  system: 'Example',
  category: 'data',
  icon: 'dices',
  description: 'Rolls some dice and gives what they show. Take it to try how a node package works.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    dice: property.number({ label: 'Dice', default: 2, port: 1 }),
    // As a newer server would send it.
    faces: { ...property.json({ label: 'Faces' }), kind: 'slider' as 'json' },
    resultVariable: property.variableName({ label: 'Result variable name', default: 'rolled' }),
  },
  outputs: { rolled: { nameFrom: 'resultVariable', type: { list: 'number' } } },
  package: 'millrace-example-nodes',
}

/** A flow with it, once under its own title and once under another. */
export const dice: Flow = {
  ...emptyFlow('dice', 'Dice'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger' },
    { id: 'roll', type: 'example.rollDice' },
    {
      id: 'again',
      type: 'example.rollDice',
      title: 'Roll again',
      properties: { resultVariable: 'again' },
    },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'roll' },
    { from: ['roll', 'next'], to: 'again' },
  ],
  layout: { nodes: { trigger: [0, 0], roll: [352, 0], again: [704, 0] } },
}
