import { property } from '@millrace/flow'

/** What every trigger with declared fields has; beside it stands what the trigger says of its caller. */
export const outputVariable = property.variableName({
  label: 'Output variable name',
  help: 'The variable that holds what the flow was started with: a record of the fields.',
  required: true,
  default: 'triggerData',
})

/** The variable of a trigger with declared fields. */
export const declaredOutputs = {
  data: { nameFrom: 'outputVariable', type: { fieldsOf: 'fields' } },
} as const
