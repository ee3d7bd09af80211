import { implement } from '@millrace/engine'
import { log } from './definition.ts'

export const runLog = implement(log, ({ properties, run }) => {
  run.log(properties.level, properties.message, properties.data)
})
