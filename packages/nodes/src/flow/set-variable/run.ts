import { implement } from '@millrace/engine'
import { setVariable } from './definition.ts'

export const runSetVariable = implement(setVariable, ({ properties, run }) => {
  run.setVariable(properties.variable, properties.value ?? null)
})
