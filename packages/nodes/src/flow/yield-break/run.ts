import { implement } from '@millrace/engine'
import { yieldBreak } from './definition.ts'

/** Ends the flow by the way of every block around it, without a result. */
export const runYieldBreak = implement(yieldBreak, () => ({ end: { kind: 'return', value: null } }))
