import { implement } from '@millrace/engine'
import { continueNode } from './definition.ts'

/** Jumps to the loop around it. */
export const runContinue = implement(continueNode, () => ({ end: { kind: 'continue' } }))
