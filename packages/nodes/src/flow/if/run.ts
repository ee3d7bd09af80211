import { implement } from '@millrace/engine'
import { ifNode } from './definition.ts'

/** Runs one sub-block and hands on how it ended. */
export const runIf = implement(ifNode, async ({ properties, blocks }) => {
  // Every end but `next` is meant for a node around this one.
  return { end: await (properties.condition() ? blocks.true({}) : blocks.false({})) }
})
