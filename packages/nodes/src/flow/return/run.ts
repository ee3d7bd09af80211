import { implement } from '@millrace/engine'
import { returnNode } from './definition.ts'

export const runReturn = implement(returnNode, ({ properties }) => ({
  end: { kind: 'return', value: properties.value ?? null },
}))
