import { defineNode, property } from '@millrace/flow'

/** Runs a sub-block; another when that fails; and one at the end whatever happened. */
export const tryCatch = defineNode({
  type: 'flow.tryCatch',
  version: 1,
  kind: 'action',
  title: 'Try',
  system: 'Flow',
  category: 'control',
  icon: 'shield',
  description:
    'Runs the nodes at Try. When one of them fails, those at Catch run with the error. Those at Finally run at the end whatever happened, even when the run is stopped.',
  tags: ['error', 'exception', 'catch', 'finally', 'handle', 'clean up'],
  exec: {
    in: true,
    out: {
      try: { label: 'Try', block: {} },
      catch: {
        label: 'Catch',
        block: { exception: { nameFrom: 'exceptionVariable', type: 'exception' } },
      },
      finally: { label: 'Finally', block: {}, finally: true },
      continue: { label: 'Continue' },
    },
    runsOne: true,
  },
  properties: {
    exceptionVariable: property.variableName({
      label: 'Exception variable',
      help: 'The variable that holds the error, inside "Catch": its code, its message, the node that failed, and details.',
      default: 'exception',
    }),
  },
})
