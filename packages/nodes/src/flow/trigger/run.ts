import { implementTrigger } from '@millrace/engine'
import { readDeclared } from '../../triggers/read-declared.ts'
import { flowTrigger } from './definition.ts'

/** Takes the inputs that another flow gives, if they fit the fields. */
export const runFlowTrigger = implementTrigger(
  flowTrigger,
  (input, { fields = [], defaultData }) => ({ data: readDeclared(input, { fields, defaultData }) }),
)
