import { implementTrigger } from '@millrace/engine'
import { readDeclared } from '../../triggers/read-declared.ts'
import { scheduleTrigger } from './definition.ts'

/** Takes what the server started the flow with. */
export const runScheduleTrigger = implementTrigger(scheduleTrigger, (input, { defaultData }) => ({
  data: readDeclared(input, { fields: [], defaultData }),
}))
