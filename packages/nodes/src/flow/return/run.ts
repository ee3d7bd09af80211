import { implement } from '@millrace/engine'
import { returnNode } from './definition.ts'

/** Ends the flow by the way of every block around it. */
export const runReturn = implement(returnNode, ({ properties }) => ({
  end: { kind: 'return', value: properties.value ?? null },
}))
