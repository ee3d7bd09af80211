import { implementTrigger } from '@millrace/engine'
import { readDeclared } from '../../triggers/read-declared.ts'
import { toolTrigger } from './definition.ts'

/** Takes the arguments of a call, if they fit the fields. */
export const runToolTrigger = implementTrigger(
  toolTrigger,
  (input, { fields = [], defaultData }) => ({ data: readDeclared(input, { fields, defaultData }) }),
)
