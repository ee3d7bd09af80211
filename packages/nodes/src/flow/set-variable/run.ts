import { implement } from '@millrace/engine'
import { setVariable } from './definition.ts'

/** Assigns at once: the next node sees the new value. */
export const runSetVariable = implement(setVariable, ({ properties, run }) => {
  run.setVariable(properties.variable, properties.value ?? null)
})
