import { implement } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { setVariable } from './definition.ts'

/** Assigns at once: the next node sees the new value. */
export const runSetVariable = implement(setVariable, ({ properties, run }) => {
  try {
    run.setVariable(properties.variable, properties.value ?? null)
  } catch (error) {
    throw error instanceof FlowError ? error.in('value') : error
  }
})
