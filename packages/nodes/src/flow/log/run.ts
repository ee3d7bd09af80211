import { implement } from '@millrace/engine'
import { log } from './definition.ts'

/** Writes the entry; it is recorded at every trace level. */
export const runLog = implement(log, ({ properties, run }) => {
  run.log(properties.level, properties.message, properties.data)
})
