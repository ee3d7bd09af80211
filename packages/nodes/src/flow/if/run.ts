import { implement } from '@millrace/engine'
import { ifNode } from './definition.ts'

export const runIf = implement(ifNode, async ({ properties, blocks }) => {
  // Every end but `next` is meant for a node around this one.
  return { end: await (properties.condition() ? blocks.true({}) : blocks.false({})) }
})
