import { implement } from '@millrace/engine'
import { yieldReturn } from './definition.ts'

/** Sends the value before the next node starts; costs no turn of the queue. */
export const runYieldReturn = implement(yieldReturn, ({ properties, run }) => {
  run.yield(properties.value)
})
