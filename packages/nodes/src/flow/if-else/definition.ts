import { defineNode, property } from '@millrace/flow'

/** Runs the sub-block of the first case that holds, then goes on. */
export const ifElse = defineNode({
  type: 'flow.ifElse',
  version: 1,
  kind: 'action',
  title: 'If-Else',
  system: 'Flow',
  category: 'control',
  icon: 'list-tree',
  description:
    'Asks its cases one after another and runs the nodes of the first that holds, or those at Else. Continue comes after either.',
  tags: ['condition', 'branch', 'decide', 'switch', 'case', 'route'],
  exec: {
    in: true,
    out: {
      case: { each: 'cases', id: 'id', label: 'name', block: {} },
      else: { label: 'Else', block: {} },
      continue: { label: 'Continue' },
    },
    runsOne: true,
  },
  properties: {
    cases: property.cases({
      label: 'Cases',
      help: 'Each has a name, which is its exit, and a condition. The first whose condition holds counts, so put the special ones first.',
      required: true,
    }),
  },
})
