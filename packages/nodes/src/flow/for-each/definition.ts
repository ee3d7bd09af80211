import { defineNode, property } from '@millrace/flow'

/** Runs its sub-block once for each item of a list. */
export const forEach = defineNode({
  type: 'flow.forEach',
  version: 1,
  kind: 'action',
  title: 'For each',
  system: 'Flow',
  category: 'control',
  icon: 'repeat',
  description:
    'Runs the nodes at For each item once for every item of a list, one after another, then goes on at Continue.',
  tags: ['loop', 'iterate', 'repeat', 'list', 'every'],
  exec: {
    in: true,
    out: {
      forEachItem: {
        label: 'For each item',
        block: {
          item: { nameFrom: 'loopVariable', type: { itemOf: 'items' } },
          index: { nameFrom: 'indexVariable', type: 'number' },
        },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    items: property.value({
      label: 'Items',
      help: 'A list. It is taken as it is when the loop starts, whatever happens to it meanwhile.',
      type: { list: 'any' },
      required: true,
      port: 1,
    }),
    loopVariable: property.variableName({
      label: 'Loop variable',
      help: 'The variable that holds one item, inside "For each item".',
      default: 'item',
    }),
    indexVariable: property.variableName({
      label: 'Index variable',
      help: 'The variable that holds the number of the item, from 0, inside "For each item". Empty: none.',
      default: '',
    }),
  },
})
