import { implement } from '@millrace/engine'
import { yieldReturn } from './definition.ts'

export const runYieldReturn = implement(yieldReturn, ({ properties, run }) => {
  run.yield(properties.value)
})
