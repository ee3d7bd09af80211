import { implement } from '@millrace/engine'
import { breakNode } from './definition.ts'

/** Jumps to the loop around it. */
export const runBreak = implement(breakNode, () => ({ end: { kind: 'break' } }))
