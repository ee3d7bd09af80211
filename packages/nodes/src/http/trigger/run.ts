import { implementTrigger } from '@millrace/engine'
import { readDeclared } from '../../triggers/read-declared.ts'
import { httpTrigger } from './definition.ts'

/** Takes the body of a call, if it fits the fields. */
export const runHttpTrigger = implementTrigger(
  httpTrigger,
  (input, { fields = [], defaultData }) => ({ data: readDeclared(input, { fields, defaultData }) }),
)
