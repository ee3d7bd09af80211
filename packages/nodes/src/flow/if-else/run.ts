import { implement } from '@millrace/engine'
import { ifElse } from './definition.ts'

/** Asks no case after the first that holds. */
export const runIfElse = implement(ifElse, async ({ properties, blocks }) => {
  const chosen = properties.cases.find(({ condition }) => condition())
  // Every end but `next` is meant for a node around this one.
  return { end: await (chosen === undefined ? blocks.else({}) : blocks.case(chosen.id, {})) }
})
